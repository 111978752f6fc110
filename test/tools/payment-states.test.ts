import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { TRANSITIONS } from '../../src/contract/index.js';
import { drawPaymentStates } from './payment-states.js';

const root = new URL('../../', import.meta.url);

test('the picture of the states is the one that is drawn from the table (npm run picture:states)', () => {
  const kept = readFileSync(new URL('demo/assets/payment-states.svg', root), 'utf8');
  assert.equal(kept, drawPaymentStates());
});

test('a change that the table allows and the picture does not name cannot be drawn', () => {
  const more = { ...TRANSITIONS, failed: ['approved'] as const };
  assert.throws(() => drawPaymentStates(more), /differ: failed → approved$/);
});

test('a change that the picture names and the table forbids cannot be drawn', () => {
  const fewer = { ...TRANSITIONS, cancelled: [] };
  assert.throws(() => drawPaymentStates(fewer), /differ: cancelled → approved$/);
});

test('the README shows the picture, with words for those who cannot see it', () => {
  const readme = readFileSync(new URL('README.md', root), 'utf8');
  const alternative = /!\[([^\]]+)\]\(demo\/assets\/payment-states\.svg\)/.exec(readme)?.[1] ?? '';
  for (const status of Object.keys(TRANSITIONS)) assert.ok(alternative.includes(status), status);
});
