import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as module from '../../../../demo/sandbox/google-pay/browser.js';
import { methodWith, requestWith } from './shop.js';

interface Browser {
  userAgent: string;
  vendor: string;
}
interface BrowserNames {
  isReadyIn(browser: Browser, request: object): boolean;
  usualRender(browser: Browser): string;
}

const names: BrowserNames = module;

const GOOGLE = 'Google Inc.';
const CHROME = {
  vendor: GOOGLE,
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/153.0.0.0 Safari/537.36',
};
const ANDROID = {
  vendor: GOOGLE,
  userAgent: 'Mozilla/5.0 (Linux; Android 10; K) Chrome/153.0.0.0 Mobile Safari/537.36',
};
const FIREFOX = {
  vendor: '',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0',
};
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15';
const SAFARI = { vendor: 'Apple Computer, Inc.', userAgent: `${IPHONE} Version/26.0 Safari/604.1` };
const inside = (app: string) => ({ ...SAFARI, userAgent: `${SAFARI.userAgent} ${app}` });

describe('isReadyToPay by the browser’s name', () => {
  for (const [name, browser, result] of [
    ['Chrome', CHROME, true],
    ['Chrome on Android', ANDROID, true],
    ['Firefox', FIREFOX, true],
    ['Safari', SAFARI, true],
    ['Firefox on iOS', inside('FxiOS/150.0'), false],
    ['the Google app on iOS', inside('GSA/400.0'), false],
    ['Instagram', inside('Instagram 400.0'), false],
    ['Facebook', inside('[FB_IAB/FB4A]'), false],
    ['Maps', inside('AndroidMapsWebView'), false],
    ['anything else', { vendor: '', userAgent: 'curl/8' }, false],
  ] as const) {
    it(`is ${result} in ${name}`, () => assert.equal(names.isReadyIn(browser, requestWith()), result));
  }

  it('is true for device tokens alone only in Chrome on Android', () => {
    const methods = [methodWith({ allowedAuthMethods: ['CRYPTOGRAM_3DS'] })];
    const tokensOnly = requestWith({ allowedPaymentMethods: methods });
    assert.deepEqual(
      [ANDROID, CHROME, FIREFOX, SAFARI].map((browser) => names.isReadyIn(browser, tokensOnly)),
      [true, false, false, false],
    );
    assert.equal(names.isReadyIn(CHROME, { allowedPaymentMethods: ['TOKENIZED_CARD'] }), false);
    assert.equal(names.isReadyIn(CHROME, { allowedPaymentMethods: ['CARD', 'TOKENIZED_CARD'] }), true);
  });
});

describe('the sheet', () => {
  it('is a popup wherever the browser does not show it itself', () => {
    assert.equal(names.usualRender(CHROME), 'popup', 'this Node.js has no PaymentRequest');
    assert.equal(names.usualRender(SAFARI), 'popup');
  });
});
