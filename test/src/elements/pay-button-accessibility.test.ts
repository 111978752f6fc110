import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { html } from 'lit';
import { hostedOffer, json, offer, redirect, silence, view } from '../../support/browser/fake-merchant.js';
import { emulateMedia, naturalMedia } from '../../support/browser/media.js';
import { googleButton, isShown, part, PayStage, reached, words } from '../../support/browser/pay-stage.js';

const CREATE = 'POST /pay/payments';

describe('<pay-button> for everybody', () => {
  let stage: PayStage;
  beforeEach(() => {
    stage = new PayStage();
    stage.merchant.reply('GET /pay/offers/A-1', json(offer())).reply('GET /pay/payments/p1', silence);
  });
  afterEach(async () => {
    stage.close();
    await naturalMedia();
    await setViewport({ width: 800, height: 600 });
  });

  async function clicked() {
    const button = await stage.button();
    await reached(button, 'ready');
    googleButton(button).focus();
    googleButton(button).click();
    return button;
  }

  async function submitted() {
    const button = await clicked();
    (await stage.google.sheet()).confirm();
    await reached(button, 'submitting');
    return button;
  }

  it('has its live regions before they have anything to say', async () => {
    stage.merchant.reply('GET /pay/offers/A-1', silence);
    const button = await stage.button();
    const [status, message] = [part(button, 'status'), part(button, 'message')];
    expect(status.getAttribute('role')).to.equal('status');
    expect(message.getAttribute('role')).to.equal('alert');
    button.orderId = null;
    await reached(button, 'invalid');
    expect(part(button, 'status')).to.equal(status);
    expect(part(button, 'message')).to.equal(message);
  });

  it('keeps the focus where something is said, when the button goes away under it', async () => {
    stage.merchant.reply(CREATE, silence);
    const button = await submitted();
    expect(button.shadowRoot!.activeElement).to.equal(part(button, 'status'));
  });

  it('says that Google’s button is disabled, by its role and the pointer alone: nobody may paint it', async () => {
    const button = await stage.button();
    await reached(button, 'ready');
    const group = part(button, 'google-pay').parentElement!;
    const { x, y } = googleButton(button).getBoundingClientRect();
    const hit = () => button.shadowRoot!.elementFromPoint(x + 1, y + 1)!;
    expect(group.getAttribute('aria-disabled')).to.equal('false');
    expect(hit().className).to.equal('gpay-button');
    button.disabled = true;
    await button.updateComplete;
    // A group tells its descendants; out of reach (`inert`) nobody would be told at all.
    expect([group.role, group.ariaDisabled]).to.deep.equal(['group', 'true']);
    googleButton(button).focus();
    expect(button.shadowRoot!.activeElement!.className).to.equal('gpay-button');
    expect(getComputedStyle(hit()).cursor).to.equal('not-allowed');
    expect(getComputedStyle(googleButton(button)).opacity).to.equal('1');
  });

  it('takes nobody’s focus when it was elsewhere', async () => {
    stage.visit('payment=p1');
    stage.merchant.reply('GET /pay/payments/p1', json(view({ status: 'approved' })));
    const button = await stage.button();
    await reached(button, 'done');
    expect(document.activeElement).to.equal(document.body);
  });

  it('fits into 320 px, at twice the text', async () => {
    await setViewport({ width: 320, height: 600 });
    stage.visit('payment=p1');
    const waiting = json(view({ status: 'requires_action', action: redirect() }));
    stage.merchant.reply('GET /pay/payments/p1', waiting, silence);
    const button = await stage.button(
      html`<pay-button endpoint="/pay" order-id="A-1" locale="uk" style="font-size: 200%"></pay-button>`,
    );
    await reached(button, 'checking');
    expect(document.documentElement.scrollWidth).to.be.at.most(320);
  });

  it('stands still where motion is not wanted, and still shows that it waits', async () => {
    stage.merchant.reply('GET /pay/offers/A-1', silence);
    const button = await stage.button();
    await emulateMedia(button, { reducedMotion: 'reduce' });
    expect(getComputedStyle(part(button, 'spinner')).animationName).to.equal('none');
    expect(isShown(part(button, 'spinner'))).to.equal(true);
    expect(words(button, 'status')).not.to.equal('');
  });

  it('keeps a border on its own button in forced colours', async () => {
    stage.merchant.reply('GET /pay/offers/A-1', json(hostedOffer()));
    const button = await stage.button();
    await reached(button, 'ready');
    await emulateMedia(button, { forcedColors: 'active' });
    const style = getComputedStyle(part(button, 'button'));
    expect(style.borderTopStyle).to.equal('solid');
    expect(style.borderTopColor).not.to.equal(style.backgroundColor);
  });
});
