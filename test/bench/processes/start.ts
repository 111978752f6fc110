import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A process of a benchmark's, beside the one that measures. */
export interface Party {
  readonly url: string;
  /** Its DATA_DIR. */
  readonly directory: string;
  /** Sends it a question, and resolves to what it answers. They are asked one after the other. */
  ask<T>(question: string): Promise<T>;
  end(): Promise<void>;
}

export function newDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'pay-elements-bench-'));
}

/**
 * Starts a file of this folder as a process of its own. `directory`: its DATA_DIR, gone when it ends. Every process
 * listens, and then tells its address.
 */
export async function start(
  name: string,
  env: Record<string, string> = {},
  directory = newDirectory(),
): Promise<Party> {
  const child = fork(join(import.meta.dirname, `${name}.ts`), {
    env: { ...process.env, DATA_DIR: directory, ...env },
    execArgv: [...process.execArgv, '--expose-gc'],
  });
  const answer = <T>() =>
    new Promise<T>((resolve, reject) => {
      const failed = () => reject(new Error(`the process ${name} has ended`));
      child.once('exit', failed);
      child.once('message', (message) => {
        child.off('exit', failed);
        resolve(message as T);
      });
    });
  const url = await answer<string>();
  return {
    url,
    directory,
    ask<T>(question: string) {
      child.send(question);
      return answer<T>();
    },
    async end() {
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
      rmSync(directory, { recursive: true });
    },
  };
}
