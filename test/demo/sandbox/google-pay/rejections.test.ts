import assert from 'node:assert/strict';
import { after, beforeEach, describe, it, mock, type Mock } from 'node:test';
import * as module from '../../../../demo/sandbox/google-pay/rejections.js';

interface Rejections {
  closedByShopper(render: string): object;
  notActivated(render: string): object | string;
  endedAs(render: string, ending: string): object | string;
  failedInSheet(render: string, statusCode: string, statusMessage: string): object;
  refused(method: string, problem: string): object;
}

const rejections: Rejections = module;

let written: Mock<typeof console.error>;
beforeEach(() => {
  mock.restoreAll();
  written = mock.method(console, 'error', () => undefined);
});
after(() => mock.restoreAll());
const lines = () => written.mock.calls.map((call): unknown => call.arguments[0]);

const POPUP = 'popup';
const CHROME = 'payment-request';

describe('a rejection of loadPaymentData', () => {
  it('after the shopper closed the popup is CANCELED and nothing else', () => {
    assert.deepEqual(rejections.closedByShopper(POPUP), { statusCode: 'CANCELED' });
  });

  it('after the shopper closed Chrome’s sheet is an AbortError with the mark CANCELED', () => {
    const reason = rejections.closedByShopper(CHROME);
    assert.ok(reason instanceof DOMException);
    assert.deepEqual([reason.name, Reflect.get(reason, 'statusCode')], ['AbortError', 'CANCELED']);
  });

  it('without a click is marked CANCELED too, and only its name tells', () => {
    const reason = rejections.notActivated(CHROME);
    assert.ok(reason instanceof DOMException);
    assert.deepEqual([reason.name, Reflect.get(reason, 'statusCode')], ['SecurityError', 'CANCELED']);
  });

  it('is plain text where the popup was blocked', () => {
    assert.equal(rejections.notActivated(POPUP), 'failed to open window');
    assert.equal(rejections.endedAs(POPUP, 'failed to open window'), 'failed to open window');
  });

  for (const code of ['DEVELOPER_ERROR', 'MERCHANT_ACCOUNT_ERROR']) {
    it(`comes through a popup as it is: ${code}`, () => {
      assert.deepEqual(rejections.failedInSheet(POPUP, code, 'why'), {
        statusCode: code,
        statusMessage: 'why',
      });
      assert.deepEqual(lines(), []);
    });
  }

  for (const code of ['BUYER_ACCOUNT_ERROR', 'INTERNAL_ERROR']) {
    it(`becomes CANCELED in a popup: ${code}`, () => {
      assert.deepEqual(rejections.endedAs(POPUP, code), { statusCode: 'CANCELED' });
    });
  }

  it('is an Error without message in Chrome, whichever code it has, and is written to the console', () => {
    for (const code of [
      'BUYER_ACCOUNT_ERROR',
      'DEVELOPER_ERROR',
      'MERCHANT_ACCOUNT_ERROR',
      'INTERNAL_ERROR',
    ]) {
      const reason = rejections.failedInSheet(CHROME, code, 'why');
      assert.ok(reason instanceof Error && !(reason instanceof DOMException));
      assert.equal(reason.message, '');
      assert.deepEqual({ ...reason }, { statusCode: code, statusMessage: 'why' });
    }
    assert.deepEqual(lines(), Array(4).fill('DEVELOPER_ERROR in loadPaymentData: why'));
  });

  it('before the sheet is a plain object, and is written to the console with the method’s name', () => {
    assert.deepEqual(rejections.refused('isReadyToPay', 'why'), {
      statusCode: 'DEVELOPER_ERROR',
      statusMessage: 'why',
    });
    assert.deepEqual(lines(), ['DEVELOPER_ERROR in isReadyToPay: why']);
  });
});
