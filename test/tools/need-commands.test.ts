import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needCommands, type Machine } from './need-commands.mjs';

function machine(has: string[], { isRoot = true, reachesDebian = true } = {}) {
  const installed: string[] = [];
  const made: Machine = {
    has: (command) => [...has, ...installed].includes(command),
    isRoot,
    install: (packages) => void (reachesDebian && installed.push(...packages)),
  };
  return { made, installed };
}

test('what is there is not installed', () => {
  const { made, installed } = machine(['curl', 'openssl', 'apt-get']);
  needCommands(['curl', 'openssl'], made);
  assert.deepEqual(installed, []);
});

test('root on Debian gets what is missing, and nothing else', () => {
  const { made, installed } = machine(['curl', 'apt-get']);
  needCommands(['curl', 'openssl'], made);
  assert.deepEqual(installed, ['openssl']);
});

test('a package that is not named as its command is found all the same', () => {
  const { made } = machine([]);
  const message =
    'The tests need WebKitWebDriver and Xvfb. On Debian: apt-get install webkit2gtk-driver xvfb';
  assert.throws(() => needCommands(['WebKitWebDriver', 'Xvfb'], made), new Error(message));
});

const SENTENCE = 'The tests need curl and openssl. On Debian: apt-get install curl openssl';

for (const [where, { made, installed }] of Object.entries({
  'another user': machine(['apt-get'], { isRoot: false }),
  'a machine without apt-get': machine([]),
  'a machine without a network': machine(['apt-get'], { reachesDebian: false }),
})) {
  test(`${where} is told what to install`, () => {
    assert.throws(() => needCommands(['curl', 'openssl'], made), new Error(SENTENCE));
    assert.deepEqual(installed, []);
  });
}
