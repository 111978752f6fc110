import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

export interface SandboxRun {
  /** `http://127.0.0.1:8090` */
  origin: string;
  printed: string;
  /** Resolves with the exit code. */
  close(): Promise<number>;
}

/** Starts what `npm run sandbox` starts, on a free port, as a process of its own. */
export async function runSandbox(env: Record<string, string> = {}): Promise<SandboxRun> {
  const child = spawnMain({ SANDBOX_PORT: '0', ...env });
  const exit = once(child, 'exit') as Promise<[number]>;
  let printed = '';
  for await (const chunk of child.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    printed += chunk;
    if (printed.endsWith('SANDBOX.md\n')) break;
  }
  const origin = /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0];
  if (origin === undefined) throw new Error(`The sandbox did not start: ${await text(child.stderr)}`);
  return {
    origin,
    printed,
    close: async () => {
      child.kill('SIGTERM');
      return (await exit)[0];
    },
  };
}

/** Where the sandbox is expected not to start. */
export async function failToStart(env: Record<string, string>): Promise<{ code: number; complaint: string }> {
  const child = spawnMain(env);
  const complaint = text(child.stderr);
  const [code] = (await once(child, 'exit')) as [number];
  return { code, complaint: await complaint };
}

function spawnMain(env: Record<string, string>) {
  return spawn(process.execPath, ['--import', 'tsx', 'demo/sandbox/main.ts'], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
