import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readChoice, readInteger, readText, readUrl, SettingError } from '../../server-stub/setting-error.js';

test('white space around a setting does not count', () => {
  assert.equal(readText({ KEY: ' secret\r\n' }, 'KEY'), 'secret');
  assert.equal(readText({ KEY: ' \n' }, 'KEY'), undefined);
  assert.equal(readText({}, 'KEY'), undefined);
});

test('an address is https, or http on this machine', () => {
  assert.equal(readUrl({ A: 'https://api.example/api/' }, 'A'), 'https://api.example/api/');
  assert.equal(readUrl({ A: 'http://127.0.0.1:8090/api' }, 'A'), 'http://127.0.0.1:8090/api');
  assert.equal(readUrl({}, 'A'), undefined);
  assert.throws(() => readUrl({ A: 'http://api.example/' }, 'A'), SettingError);
});

test('a number is whole and inside its range', () => {
  const range = { min: 0, max: 65_535 };
  assert.equal(readInteger({ PORT: '0' }, 'PORT', range), 0);
  assert.equal(readInteger({ PORT: '65535' }, 'PORT', range), 65_535);
  for (const bad of ['-1', '65536', '8080.5', '1e3', '0x1', 'many'])
    assert.throws(() => readInteger({ PORT: bad }, 'PORT', range), SettingError);
});

test('a choice is one of the words offered', () => {
  assert.equal(readChoice({ MODE: 'on' }, 'MODE', ['off', 'on']), 'on');
  assert.throws(() => readChoice({ MODE: 'ON' }, 'MODE', ['off', 'on']), {
    message: 'MODE must be one of off, on.',
  });
});

test('the sentence names the setting and never repeats its value', () => {
  try {
    readUrl({ API: 'http://user:hunter2@api.example/' }, 'API');
    assert.fail('the address was accepted');
  } catch (error) {
    assert.ok(error instanceof SettingError);
    assert.equal(error.setting, 'API');
    assert.match(error.message, /^API must be .*\.$/);
    assert.doesNotMatch(error.message, /hunter2/);
  }
});
