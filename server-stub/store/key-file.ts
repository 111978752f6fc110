import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

const NAME = 'payments.key';

/** The key in a directory, both made where they are missing. It is on the disk before anything is sealed with it. */
export function keyIn(directory: string): Buffer {
  const path = join(directory, NAME);
  return read(path) ?? make(directory, path);
}

function make(directory: string, path: string): Buffer {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const fresh = `${path}.${process.pid}`;
  writeFileSync(fresh, randomBytes(32).toString('base64'), { mode: 0o600, flush: true });
  try {
    linkSync(fresh, path); // whole, or not at all: another process may have been faster
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    unlinkSync(fresh);
  }
  if (process.platform !== 'win32') sync(directory);
  return Buffer.from(readFileSync(path, 'utf8'), 'base64');
}

function read(path: string): Buffer | undefined {
  try {
    return Buffer.from(readFileSync(path, 'utf8'), 'base64');
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error;
    return undefined;
  }
}

function sync(directory: string): void {
  const descriptor = openSync(directory, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
