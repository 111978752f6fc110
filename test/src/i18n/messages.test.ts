import { expect, fixture, html } from '@open-wc/testing';
import { resolveLocale } from '../../../src/i18n/locale.js';
import { messagesFor } from '../../../src/i18n/messages.js';
import type { Locale, Messages } from '../../../src/i18n/messages.js';

describe('the locale of an element', () => {
  it('is the one asked for', async () => {
    const element = await fixture(html`<p lang="uk"></p>`);
    expect(resolveLocale(element, 'uz')).to.equal('uz');
  });

  it('is that of the nearest lang, whatever its region', async () => {
    const outer = await fixture(
      html`<div lang="en">
        <div lang="uk-UA"><p></p></div>
      </div>`,
    );
    expect(resolveLocale(outer.querySelector('p')!, null)).to.equal('uk');
  });

  it('is that of a lang outside the shadow root', async () => {
    const host = await fixture(html`<div lang="ru"></div>`);
    const inner = document.createElement('p');
    host.attachShadow({ mode: 'open' }).append(inner);
    expect(resolveLocale(inner, undefined)).to.equal('ru');
  });

  it('is the browser’s where the page’s is not ours', async () => {
    const element = await fixture(html`<p lang="de"></p>`);
    const browser = (language: string) =>
      Object.defineProperty(navigator, 'language', { configurable: true, get: () => language });
    try {
      browser('uk');
      expect(resolveLocale(element, null)).to.equal('uk');
      browser('fr-CA');
      expect(resolveLocale(element, null)).to.equal('en');
    } finally {
      Reflect.deleteProperty(navigator, 'language');
    }
  });
});

describe('the texts', () => {
  const texts = (messages: object): string[] =>
    Object.values(messages).flatMap((value: Messages[keyof Messages]) =>
      typeof value === 'string' ? [value] : typeof value === 'function' ? [value('“x”')] : texts(value),
    );

  for (const locale of ['uk', 'ru', 'uz', 'en'] satisfies Locale[]) {
    it(`are all there in ${locale}, and carry their values`, () => {
      const messages = messagesFor(locale);
      for (const text of texts(messages)) expect(text.trim()).not.to.equal('');
      expect(messages.paid('125')).to.contain('125');
    });
  }

  it('never shorten or translate the name of Google Pay', () => {
    for (const locale of ['uk', 'ru', 'uz', 'en'] satisfies Locale[]) {
      expect(messagesFor(locale).errors.google_pay).to.contain('Google Pay');
    }
  });
});
