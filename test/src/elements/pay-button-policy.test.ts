import { expect, fixture, html } from '@open-wc/testing';
import { offer } from '../../support/browser/fake-merchant.js';

const POLICY = [
  "default-src 'none'",
  "script-src 'nonce-R' 'strict-dynamic'",
  "style-src 'nonce-R'",
  "connect-src 'self'",
  "require-trusted-types-for 'script'",
  'trusted-types pay-elements lit-html',
].join('; ');

/**
 * A shop under a strict policy. pay.js comes as the one script that its policy for script addresses lets pass, after
 * so many failures, and the shop asks for it again.
 */
const page = (failures: number) => `<!doctype html>
  <meta http-equiv="content-security-policy" content="${POLICY}">
  <pay-button endpoint="/pay" order-id="A-1" locale="en"></pay-button>
  <script nonce="R">
    const told = { violations: [], loaded: [] };
    addEventListener('securitypolicyviolation', (event) => told.violations.push(event.violatedDirective));
    window.fetch = async () => Response.json(${JSON.stringify(offer())});
    const append = document.head.append;
    document.head.append = (script) => {
      told.loaded.push(script.src);
      if (told.loaded.length <= ${failures}) return script.dispatchEvent(new Event('error'));
      class PaymentsClient {
        createButton() { return document.createElement('button'); }
        async isReadyToPay() { return { result: true }; }
        prefetchPaymentData() {}
      }
      window.google = { payments: { api: { PaymentsClient } } };
      script.dispatchEvent(new Event('load'));
    };
    for (const type of ['pay-ready', 'pay-error']) {
      addEventListener(type, (event) => {
        if (told.loaded.length <= ${failures}) return event.target.reset();
        const { width } = event.target.shadowRoot.querySelector('[part=google-pay]').getBoundingClientRect();
        parent.postMessage({ type, width, ...told }, '*');
      });
    }
  </script>
  <script nonce="R" type="module" src="${location.origin}/src/define.ts"></script>`;

describe('<pay-button> on a strict page', () => {
  async function visited(failures = 0): Promise<Record<string, unknown>> {
    const told = new Promise<Record<string, unknown>>((resolve) =>
      window.addEventListener('message', ({ data }) => resolve(data as Record<string, unknown>), {
        once: true,
      }),
    );
    await fixture(html`<iframe title="shop" width="400" .srcdoc=${page(failures)}></iframe>`);
    return told;
  }

  it('A21 loads, shows Google’s button in its full width, and violates nothing', async () => {
    const { type, width, violations, loaded } = await visited();
    expect(type).to.equal('pay-ready');
    expect(width).to.be.greaterThan(300);
    expect(loaded).to.deep.equal(['https://pay.google.com/gp/p/js/pay.js']);
    expect(violations).to.deep.equal([]);
  });

  it('loads pay.js again by the Trusted Types policy it has, for a second one of that name would be refused', async () => {
    const { type, violations, loaded } = await visited(1);
    expect(type).to.equal('pay-ready');
    expect(loaded).to.have.length(2);
    expect(violations).to.deep.equal([]);
  });
});
