import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { startShop, type Shop, type ShopWindow } from './shop.js';

declare const window: ShopWindow;

let shop: Shop;
before(async () => {
  shop = await startShop();
});
after(() => shop.close());

interface Drawn {
  frameClass: string;
  buttonClass: string;
  name: string | null;
  words: string;
  type: string;
  width: number;
  height: number;
}

/** Makes a button with these options, and puts it into a slot of 300 × 60. */
function draw(page: Page, options: object): Promise<Drawn> {
  return page.evaluate((given) => {
    const client = new window.google.payments.api.PaymentsClient({ nonce: 'n' });
    const frame = client.createButton({ onClick: () => undefined, ...given });
    const slot = document.getElementById('slot')!;
    Object.assign(slot.style, { width: '300px', height: '60px' });
    slot.replaceChildren(frame);
    const button = frame.querySelector('button')!;
    const { width, height } = button.getBoundingClientRect();
    return {
      frameClass: frame.className,
      buttonClass: button.className,
      name: button.getAttribute('aria-label'),
      words: ['::before', '::after'].map((part) => getComputedStyle(button, part).content).join(''),
      type: button.type,
      width,
      height,
    };
  }, options);
}

/** What `createButton` says when it throws. */
function refusal(page: Page, make: string): Promise<string | undefined> {
  return page.evaluate((root) => {
    const options = {
      element: { buttonRootNode: document.createElement('div'), onClick: () => undefined },
      'element without onClick': { buttonRootNode: document.createElement('div') },
      'no onClick': {},
    }[root];
    try {
      new window.google.payments.api.PaymentsClient({ nonce: 'n' }).createButton(options);
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  }, make);
}

describe('createButton', () => {
  it('makes a button in a frame, named Google Pay, of 240 × 40', () =>
    shop.open(async ({ page, complaints }) => {
      assert.deepEqual(await draw(page, { buttonType: 'buy', buttonLocale: 'uk' }), {
        frameClass: '',
        buttonClass: 'gpay-button black buy long uk',
        name: 'Google Pay',
        words: '"Купити через Google Pay"" (TEST)"',
        type: 'button',
        width: 240,
        height: 40,
      });
      assert.deepEqual(complaints, []);
    }));

  for (const [options, buttonClass, width] of [
    [{}, 'black long en', 240],
    [{ buttonType: 'long' }, 'black long en', 240],
    [{ buttonType: 'gift', buttonColor: 'pink', buttonSizeMode: 'huge' }, 'black long en', 240],
    [{ buttonType: 'plain' }, 'black plain short en', 160],
    [{ buttonType: 'short' }, 'black short en', 160],
    [{ buttonType: 'donate', buttonColor: 'white' }, 'white donate en', 240],
    [{ buttonType: 'pay', buttonColor: 'default' }, 'black pay en', 240],
    [{ buttonType: 'buy', buttonLocale: 'zh' }, 'black buy long zh', 240],
  ] as const) {
    it(`has the classes "${buttonClass}" with ${JSON.stringify(options)}`, () =>
      shop.open(async ({ page, complaints }) => {
        const drawn = await draw(page, { buttonLocale: 'en', ...options });
        assert.equal(drawn.buttonClass, `gpay-button ${buttonClass}`);
        assert.deepEqual([drawn.width, drawn.height], [width, 40]);
        assert.deepEqual(complaints, []);
      }));
  }

  it('fills its place with size mode fill', () =>
    shop.open(async ({ page }) => {
      const drawn = await draw(page, { buttonLocale: 'en', buttonSizeMode: 'fill' });
      assert.equal(drawn.frameClass, 'gpay-button-fill');
      assert.deepEqual([drawn.width, drawn.height], [300, 60]);
    }));

  it('takes radius and border from its options, the radius also as text', () =>
    shop.open(async ({ page }) => {
      const look = () =>
        page.locator('.gpay-button').evaluate((button) => {
          const { borderRadius, borderTopWidth } = getComputedStyle(button);
          return [borderRadius, borderTopWidth];
        });
      await draw(page, {});
      assert.deepEqual(await look(), ['4px', '1px']);
      await draw(page, { buttonRadius: 20, buttonBorderType: 'no_border' });
      assert.deepEqual(await look(), ['20px', '0px']);
      await draw(page, { buttonRadius: '0', buttonBorderType: 'default_border' });
      assert.deepEqual(await look(), ['0px', '1px']);
    }));

  it('looks at the place for its style first, and at onClick then', () =>
    shop.open(async ({ page }) => {
      const place = "Parameter 'buttonRootNode' should be either document or a shadowroot.";
      assert.equal(await refusal(page, 'element'), place);
      assert.equal(await refusal(page, 'element without onClick'), place);
      assert.equal(await refusal(page, 'no onClick'), "Parameter 'onClick' must be set.");
    }));

  it('calls onClick with the event', () =>
    shop.open(async ({ page }) => {
      await page.evaluate(() => {
        const client = new window.google.payments.api.PaymentsClient({ nonce: 'n' });
        const onClick = (event: Event) => window.heard.push(event.type);
        document.getElementById('slot')?.append(client.createButton({ onClick }));
      });
      await page.locator('.gpay-button').click();
      assert.deepEqual(await page.evaluate(() => window.heard), ['click']);
    }));

  it('shows hover, press and focus by classes', () =>
    shop.open(async ({ page }) => {
      await draw(page, { buttonLocale: 'en' });
      const button = page.locator('.gpay-button');
      const classes = async () => (await button.getAttribute('class'))?.split(' ').slice(4);
      await button.hover();
      assert.deepEqual(await classes(), ['hover']);
      await page.mouse.down();
      assert.deepEqual(await classes(), ['hover', 'active', 'focus']);
      await page.mouse.up();
      assert.deepEqual(await classes(), ['hover', 'focus']);
      await page.mouse.move(0, 0);
      assert.deepEqual(await classes(), ['focus']);
      await button.blur();
      assert.deepEqual(await classes(), []);
    }));
});

describe('the language of the button', () => {
  const NOT_SUPPORTED = (locale: string) =>
    `DEVELOPER_ERROR in createButton: Button locale "${locale}" is not supported, falling back to browser locale.`;
  for (const [asked, browser, locale, errors] of [
    ['uk', 'en-GB', 'uk', []],
    ['uz', 'uk', 'uk', [NOT_SUPPORTED('uz')]],
    ['uk-UA', 'en-GB', 'en', [NOT_SUPPORTED('uk-UA')]],
    ['uk-UA', 'uk-UA', 'en', []],
    [undefined, 'uk', 'uk', []],
    [undefined, 'uk-UA', 'en', []],
  ] as const) {
    it(`is ${locale} where the page asks for ${asked ?? 'none'} in a browser set to ${browser}`, () =>
      shop.open(
        async ({ page, complaints }) => {
          const { buttonClass } = await draw(page, asked ? { buttonLocale: asked } : {});
          assert.equal(buttonClass.split(' ').at(-1), locale);
          assert.deepEqual(complaints, errors);
        },
        { locale: browser },
      ));
  }
});

describe('the style of the button', () => {
  /** Draws a button in a shadow root, like an element around Google's, and measures it. */
  const widthInShadow = (page: Page, { wipe }: { wipe: boolean }) =>
    page.evaluate((wiped) => {
      const slot = document.getElementById('slot')!;
      const root = slot.shadowRoot ?? slot.attachShadow({ mode: 'open' });
      if (wiped) root.replaceChildren();
      const client = new window.google.payments.api.PaymentsClient({ nonce: 'n' });
      const frame = client.createButton({ buttonRootNode: root, onClick: () => undefined });
      root.append(frame);
      return frame.firstElementChild!.getBoundingClientRect().width;
    }, wipe);

  it('goes into the shadow root, once, and is not put there again by anybody', () =>
    shop.open(async ({ page, complaints }) => {
      assert.equal(await widthInShadow(page, { wipe: false }), 240);
      assert.equal(await widthInShadow(page, { wipe: false }), 240);
      assert.equal(await page.locator('#slot style').count(), 1);
      assert.notEqual(await widthInShadow(page, { wipe: true }), 240);
      assert.deepEqual(complaints, []);
    }));

  it('needs the nonce under a policy that asks for one', () =>
    shop.open(async ({ page, complaints }) => {
      await page.evaluate(() => {
        const client = new window.google.payments.api.PaymentsClient();
        document.getElementById('slot')?.append(client.createButton({ onClick: () => undefined }));
      });
      const box = (await page.locator('.gpay-button').boundingBox()) ?? assert.fail();
      assert.notEqual(box.width, 240);
      assert.match(complaints.join(), /inline style .* Content Security Policy/s);
    }));
});
