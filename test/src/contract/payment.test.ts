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

test('whoever was told otherwise can only be told of a late approval', () => {
  for (const status of PaymentStatus.options.filter(isFinal)) {
    if (status !== 'approved' && status !== 'failed') assert.deepEqual(TRANSITIONS[status], ['approved']);
  }
});

test('what was not sent to the provider yet is sent, given up or too late', () => {
  assert.deepEqual([...TRANSITIONS.created].sort(), ['cancelled', 'expired', 'processing']);
});

test('a shopper with something to do may do it, give up or be too late', () => {
  assert.deepEqual([...TRANSITIONS.requires_action].sort(), [
    'approved',
    'cancelled',
    'declined',
    'expired',
    'processing',
  ]);
});

test('a payment whose outcome is unknown ends by the provider’s word only', () => {
  assert.deepEqual([...TRANSITIONS.processing].sort(), ['approved', 'declined', 'failed', 'requires_action']);
});
