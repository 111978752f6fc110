import { expect, fixture, html } from '@open-wc/testing';
import { resolveLocale } from '../../../src/i18n/locale.js';

describe('a language tag', () => {
  for (const tag of ['uk', 'UK', 'uk-UA', 'UK-ua', 'uk-Cyrl-UA']) {
    it(`${tag} is Ukrainian`, async () => {
      expect(resolveLocale(await fixture(html`<p lang=${tag}></p>`), null)).to.equal('uk');
    });
  }
});
