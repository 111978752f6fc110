import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PaymentStatus, TRANSITIONS, isFinal } from '../../../src/contract/payment.js';

test('every status has a row in the transition table', () => {
  assert.deepEqual(Object.keys(TRANSITIONS).sort(), [...PaymentStatus.options].sort());
});

test('nothing leaves approved or failed', () => {
  assert.deepEqual(TRANSITIONS.approved, []);
  assert.deepEqual(TRANSITIONS.failed, []);
});

test('whoever has an answer can only be told of a late approval', () => {
  for (const status of PaymentStatus.options.filter(isFinal)) {
    for (const next of TRANSITIONS[status]) assert.equal(next, 'approved');
  }
});

test('a payment whose outcome is unknown ends by the provider’s word only', () => {
  assert.deepEqual([...TRANSITIONS.processing].sort(), ['approved', 'declined', 'failed', 'requires_action']);
});
