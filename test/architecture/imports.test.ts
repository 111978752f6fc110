import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, sep } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

interface Import {
  from: string;
  to: string;
}

/** Every relative import below the folder, both ends as paths from the project's root, and every package name. */
function importsOf(folder: string): Import[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|js|mjs)$/.test(name))
    .flatMap((name) => {
      const from = posix.join(folder, name.split(sep).join('/'));
      const text = readFileSync(join(root, from), 'utf8');
      const specifiers = text.matchAll(/(?:\bfrom|\bimport|\bimport\()\s*'([^']+)'/g);
      return [...specifiers].map(([, specifier = '']) => ({
        from,
        to: specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier) : specifier,
      }));
    });
}

function assertOnly(imports: Import[], allowed: RegExp): void {
  const wrong = imports.filter(({ to }) => !allowed.test(to)).map(({ from, to }) => `${from} imports ${to}`);
  assert.deepEqual(wrong, []);
}

test('the reader of import lines sees the imports that are there', () => {
  const seen = importsOf('server-stub').map(({ from, to }) => `${from} ${to}`);
  assert.ok(seen.includes('server-stub/store/payment-store.ts server-stub/providers/provider.js'));
});

test('the contract imports zod and itself, nothing else', () => {
  assertOnly(importsOf('src/contract'), /^(zod\/mini$|src\/contract\/)/);
});

test('the widget imports nothing of the server, the demo or Node', () => {
  assertOnly(importsOf('src'), /^(src\/|lit($|\/)|zod\/mini$)/);
});

test('inside the widget, elements stand above checkout, and checkout above google-pay and threeds', () => {
  assertOnly(importsOf('src/google-pay'), /^(src\/(google-pay|contract)\/|lit)/);
  assertOnly(importsOf('src/threeds'), /^(src\/(threeds|contract)\/|lit)/);
  assertOnly(importsOf('src/checkout'), /^(src\/(checkout|google-pay|threeds|contract)\/|lit)/);
  assertOnly(importsOf('src/i18n'), /^src\/(i18n|contract)\//);
});

test('the messages are imported by elements only', () => {
  const users = importsOf('src').filter(({ to }) => to.startsWith('src/i18n/'));
  assert.ok(users.length > 0);
  for (const { from } of users) assert.match(from, /^src\/(i18n|elements)\//);
});

test('the server imports the contract and nothing else of the widget, and nothing of the sandbox', () => {
  assertOnly(
    importsOf('server-stub').filter(({ to }) => /^(src|demo|test)\//.test(to)),
    /^src\/contract\//,
  );
});

test('routes know payments, payments know interfaces only', () => {
  const own = /^server-stub\//;
  const routes = importsOf('server-stub/routes').filter(({ to }) => own.test(to));
  assertOnly(routes, /^server-stub\/(routes|payments)\/|^server-stub\/[a-z-]+\.js$/);
  const payments = importsOf('server-stub/payments').filter(({ to }) => own.test(to));
  assertOnly(
    payments,
    /^server-stub\/(payments\/|providers\/provider\.js|store\/payment-store\.js|orders\/order-source\.js)|^server-stub\/[a-z-]+\.js$/,
  );
});

test('a provider sees its own folder and what is shared by all, never another provider', () => {
  for (const entry of readdirSync(join(root, 'server-stub/providers'), { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const folder = `server-stub/providers/${entry.name}`;
    const inside = importsOf(folder).filter(({ to }) => /^(server-stub|src|demo)\//.test(to));
    assertOnly(
      inside,
      new RegExp(
        `^(${folder}/|server-stub/providers/(?!registry)[a-z-]+\\.js|src/contract/|server-stub/(setting-error|safe-url|secret)\\.js)`,
      ),
    );
  }
});

test('no provider is called by name outside its folder and the registry', () => {
  const names = readdirSync(join(root, 'server-stub/providers'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  const mentions = ['src', 'server-stub']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
        join(folder, name),
      ),
    )
    .filter((path) => path.endsWith('.ts') && !path.includes(`providers${sep}`))
    .filter((path) =>
      names.some((name) => new RegExp(`['"\`]${name}['"\`]`).test(readFileSync(join(root, path), 'utf8'))),
    );
  assert.deepEqual(mentions, []);
});

test('the sandbox imports neither the widget nor the server', () => {
  const imports = importsOf('demo/sandbox').filter(({ to }) => /^(src|server-stub|test|demo)\//.test(to));
  assertOnly(imports, /^(demo\/sandbox\/|server-stub\/google-pay\/ecv2\.js$)/);
});

test('the top-level folders are those of the design', () => {
  const folders = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .filter((name) => !['node_modules', 'dist', 'data'].includes(name));
  assert.deepEqual(folders.sort(), ['demo', 'server-stub', 'src', 'test']);
});
