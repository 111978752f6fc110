import { expect } from '@open-wc/testing';
import { BrowserInfo } from '../../../src/contract/api.js';
import { browserInfo } from '../../../src/threeds/browser-info.js';

/** Answers differently until the returned function is called. */
function pretend<T extends object>(target: T, name: keyof T, value: unknown): () => void {
  Object.defineProperty(target, name, { configurable: true, value });
  return () => Reflect.deleteProperty(target, name);
}

describe('browserInfo', () => {
  it('is what the contract describes', () => {
    expect(BrowserInfo.safeParse(browserInfo()).success).to.be.true;
  });

  it('reports the screen, the language and the time zone of this browser', () => {
    expect(browserInfo()).to.deep.equal({
      language: navigator.language,
      colorDepth: screen.colorDepth,
      screenWidth: screen.width,
      screenHeight: screen.height,
      timezoneOffset: new Date().getTimezoneOffset(),
      javaEnabled: false,
      javascriptEnabled: true,
    });
  });

  it('keeps a long language within 35 characters', () => {
    const restore = pretend(navigator, 'language', `uk-${'x'.repeat(60)}`);
    expect(browserInfo().language).to.equal(`uk-${'x'.repeat(32)}`);
    restore();
  });

  it('names a language where the browser has none', () => {
    const restore = pretend(navigator, 'language', '');
    expect(browserInfo().language).to.equal('en');
    restore();
  });

  it('says that there is no Java where the browser cannot tell', () => {
    const restore = pretend(navigator, 'javaEnabled', undefined);
    expect(browserInfo().javaEnabled).to.be.false;
    restore();
  });
});
