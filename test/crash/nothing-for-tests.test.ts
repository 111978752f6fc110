import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, it } from 'node:test';
import { openSite } from './site.js';

const ROOT = join(import.meta.dirname, '..', '..');
const PROGRAMS = ['server-stub/main.ts', 'server-stub/commands/payments.ts'];

describe('what a merchant runs', () => {
  it('E28 imports nothing but the server and the contract', () => {
    const files = [...new Set(PROGRAMS.flatMap((path) => reachable(join(ROOT, path))))];
    const rooms = new Set(files.map((file) => relative(ROOT, file).split('/').slice(0, 2).join('/')));
    for (const room of rooms) assert.ok(room.startsWith('server-stub/') || room === 'src/contract', room);
  });

  it('E28 says nothing of fault points, of the sandbox’s control or of its credentials', () => {
    const folder = join(ROOT, 'server-stub');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    for (const name of files) {
      const text = readFileSync(join(folder, name), 'utf8');
      assert.doesNotMatch(text, /FAULT_|\/control\b|sandbox-(secret|merchant|password)/, name);
    }
  });

  it('E28 answers nobody under /control', { timeout: 300_000 }, async () => {
    const site = await openSite();
    try {
      await site.start();
      for (const path of ['ledger', 'journal', 'faults', 'scenarios'])
        assert.equal((await fetch(`${site.url}/control/${path}`)).status, 404);
      for (const path of ['faults', 'reset'])
        assert.equal(
          (await fetch(`${site.url}/control/${path}`, { method: 'POST', body: '{}' })).status,
          404,
        );
    } finally {
      await site.close();
    }
  });
});

/** A file, and all of the project that it imports, statically or not. */
function reachable(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const imports = readFileSync(file, 'utf8').matchAll(/(?:from|import\(?)\s*'(\.[^']+)\.js'/g);
  for (const [, path] of imports) reachable(join(dirname(file), `${path}.ts`), seen);
  return [...seen];
}
