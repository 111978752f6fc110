import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import ts from 'typescript';
import { GUIDE, snippet } from '../support/readme.js';

// What a shop's compiler sees of the package: the declarations alone, and no types that only this project has installed.

const SHOP: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  types: [],
  strict: true,
  noEmit: true,
};

/** The part of React's types that the guide's declaration stands on. */
const REACT = `declare module 'react' {
  interface HTMLAttributes<T> { lang?: string; onClick?: (event: { currentTarget: T }) => void }
  interface RefAttributes<T> { ref?: { current: T | null } }
  namespace JSX { interface IntrinsicElements {} }
}`;

const declaration = snippet('ts', 'IntrinsicElements', GUIDE);

const react = `/// <reference path="./react.d.ts" />
${declaration}
type Tag = import('react').JSX.IntrinsicElements['pay-button'];`;

const FILES = {
  'react.d.ts': REACT,
  'shop.ts': `import 'pay-elements/define';
import type { PayErrorCode, PaymentView } from 'pay-elements';
const button = document.createElement('pay-button');
button.orderId = 'A-1001';
document.querySelector('pay-status')!.endpoint = '/pay';
document.addEventListener('pay-result', ({ detail }) => detail.payment satisfies PaymentView);
button.addEventListener('pay-error', ({ detail }) => detail.code satisfies PayErrorCode);
button.addEventListener('threeds-error', ({ detail }) => detail.code satisfies string);`,
  'react.ts': `${react}
({ orderId: 'A-1001', lang: 'uz', 'onpay-result': ({ detail }) => detail.payment.status satisfies string }) satisfies Tag;`,
  'misspelt.ts': `${react}
({ orderid: 'A-1001' }) satisfies Tag;`,
};

let directory: string;
/** What the compiler says, by file: of the package, or of the shop. */
let complaints: Map<string, string[]>;
before(() => {
  directory = mkdtempSync(join(tmpdir(), 'pay-elements-types-'));
  const types = join(directory, 'pay-elements');
  const { config } = ts.readConfigFile('tsconfig.build.json', (path) => ts.sys.readFile(path)) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, resolve('.'));
  ts.createProgram(['src/index.ts', 'src/define.ts'], { ...options, outDir: types }).emit();

  for (const [name, code] of Object.entries(FILES)) writeFileSync(join(directory, name), code);
  const program = ts.createProgram(
    Object.keys(FILES).map((name) => join(directory, name)),
    {
      ...SHOP,
      paths: {
        'pay-elements': [join(types, 'index.d.ts')],
        'pay-elements/define': [join(types, 'define.d.ts')],
        lit: [resolve('node_modules/lit')],
        'zod/mini': [resolve('node_modules/zod/mini')],
      },
    },
  );
  const ours = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(directory));
  complaints = new Map(
    ours.map((file) => [
      relative(directory, file.fileName),
      ts
        .getPreEmitDiagnostics(program, file)
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
    ]),
  );
});
after(() => rmSync(directory, { recursive: true, force: true }));

test('the declarations need no types that a shop has not installed', () => {
  const declarations = [...complaints].filter(([file]) => file.startsWith('pay-elements'));
  assert.ok(declarations.some(([file]) => file === 'pay-elements/elements/pay-button.d.ts'));
  assert.deepEqual(
    declarations.filter(([, found]) => found.length > 0),
    [],
  );
});

test('a shop’s compiler knows the tags and the events', () => {
  assert.deepEqual(complaints.get('shop.ts'), []);
});

test('the guide’s declaration teaches React the elements, their attributes and their events', () => {
  assert.deepEqual(complaints.get('react.ts'), []);
  assert.equal(complaints.get('misspelt.ts')?.length, 1);
});
