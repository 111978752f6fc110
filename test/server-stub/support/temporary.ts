import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

/** A directory that is gone when the test file is. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'pay-elements-'));
  after(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
