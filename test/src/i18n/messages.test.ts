import { expect, fixture, html } from '@open-wc/testing';
import type { Money } from '../../../src/contract/money.js';
import { amountWords } from '../../../src/elements/words.js';
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
      typeof value === 'string' ? [value] : texts(value),
    );

  for (const locale of ['uk', 'ru', 'uz', 'en'] satisfies Locale[]) {
    it(`are all there in ${locale}`, () => {
      for (const text of texts(messagesFor(locale))) expect(text.trim()).not.to.equal('');
    });
  }

  it('never shorten or translate the name of Google Pay', () => {
    for (const locale of ['uk', 'ru', 'uz', 'en'] satisfies Locale[]) {
      expect(messagesFor(locale).errors.google_pay).to.contain('Google Pay');
    }
  });

  const spoken = (locale: Locale) => texts(messagesFor(locale)).join(' ').replaceAll('Google Pay', '');

  it('are written with the letters of their language alone', () => {
    expect(spoken('en')).not.to.match(/[^\p{Script=Latin}\p{Script=Common}]/u);
    expect(spoken('uk').replace('UZS', '')).not.to.match(/\p{Script=Latin}|[ёъыэ]/iu);
    expect(spoken('ru')).not.to.match(/\p{Script=Latin}|[іїєґ’]/iu);
    expect(spoken('uz')).not.to.match(/[^\p{Script=Latin}\p{Script=Common}]/u);
  });

  it('write the Uzbek oʻ and gʻ with the letter that Unicode has for it, and no quotation mark', () => {
    expect(spoken('uz')).not.to.match(/[‘'`´ʼ]/);
    expect(
      spoken('uz')
        .match(/(.)ʻ/g)!
        .every((pair) => /[og]/i.test(pair)),
    ).to.equal(true);
  });

  it('write Ukrainian words with the apostrophe of print', () => {
    expect(spoken('uk')).not.to.contain("'");
  });
});

describe('an amount', () => {
  const uah = { minor: 123_450_056, currency: 'UAH' } as const;
  const uzs = { minor: 15_000_000, currency: 'UZS' } as const;
  for (const [locale, hryvnias, sums, tiyins] of [
    ['uk', /^1 234 500,56 (₴|грн)$/, '150 000 UZS', '150 000,50 UZS'],
    ['ru', /^1 234 500,56 (₴|грн\.)$/, '150 000 сум', '150 000,50 сум'],
    ['uz', /^1 234 500,56 UAH$/, '150 000 soʻm', '150 000,50 soʻm'],
    ['en', /^UAH 1,234,500.56$/, 'UZS 150,000', 'UZS 150,000.50'],
  ] as const) {
    it(`is written as shops write it in ${locale}`, () => {
      const written = (money: Money) =>
        amountWords(money, messagesFor(locale), locale).replaceAll('\u00a0', ' ');
      expect(written(uah)).to.match(hryvnias);
      expect(written(uzs)).to.equal(sums);
      expect(written({ ...uzs, minor: 15_000_050 })).to.equal(tiyins);
    });
  }
});
