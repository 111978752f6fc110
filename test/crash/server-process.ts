import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { SharedClock } from './clock.js';

const MAIN = fileURLToPath(new URL('server-main.ts', import.meta.url));

export interface ServerOptions {
  /** The server's settings; beside them it sees nothing of this process's environment but PATH. */
  env: Record<string, string>;
  clock: SharedClock;
}

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** The reference server in a process of its own. */
export interface ServerProcess {
  readonly url: string;
  readonly pid: number;
  readonly exited: Promise<Exit>;
  /** SIGKILL: resolves when the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM: resolves when the process has ended. */
  stop(): Promise<Exit>;
  /** Everything that it has written to its standard output and error. */
  output(): string;
}

/** Resolves when the server listens, and rejects, with what it said, if it ends before. */
export async function startServerProcess({ env, clock }: ServerOptions): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN], {
    env: {
      PATH: process.env['PATH'] ?? '',
      CLOCK: JSON.stringify(clock.face),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const unfollow = clock.follow((face) => {
    if (child.connected) child.send(face, () => undefined);
  });
  const exited = once(child, 'close').then(([code, signal]): Exit => {
    unfollow();
    return { code: code as Exit['code'], signal: signal as Exit['signal'] };
  });

  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        const found = /^pay-elements server at (\S+)$/m.exec(output)?.[1];
        if (found !== undefined) resolve(found);
      });
    void exited.then(({ code, signal }) =>
      reject(new Error(`the server ended (${code ?? signal}) before it listened:\n${output}`)),
    );
  });

  return {
    url,
    pid: child.pid ?? 0,
    exited,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    stop() {
      child.kill('SIGTERM');
      return exited;
    },
    output: () => output,
  };
}
