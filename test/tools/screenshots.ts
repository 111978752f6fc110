// `node --import tsx test/tools/screenshots.ts [folder]`: the demo's pages and the moments of a payment, at 360 and
// 1280 px, light and dark, for people to look at; and the picture in the README.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CARDS, RIGHT_CODE } from '../../demo/sandbox/scenarios.js';
import { bankFrame, enterCode, openSheet } from '../support/shopper.js';
import { startWorld, type Shopper } from '../support/world.js';

const folder = process.argv[2] ?? 'test/screenshots';
const world = await startWorld();
await mkdir(folder, { recursive: true });

for (const width of [360, 1280]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    const shopper = await world.shopper();
    const { page } = shopper;
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    if (width === 360) await asPhone(shopper);
    const shoot = (name: string, fullPage = false) =>
      page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), fullPage });

    await page.goto(world.demo.shop);
    await shoot('home', true);
    await page.goto(`${world.demo.shop}/demo/scenarios.html`);
    await page.locator('article').first().waitFor();
    await shoot('scenarios', true);
    await page.goto(`${world.demo.shop}/demo/theme.html`);
    await page.locator('pay-status [part~="qr"]').waitFor();
    await shoot('theme');
    await shopper.order('A-1001');
    await page.locator('pay-button [part~="google-pay"] button').waitFor();
    await shoot('checkout', true);
    await openSheet(page);
    await page.locator('[data-card]').first().waitFor();
    await shoot('sheet');
    await page.locator(`[data-card="${CARDS.mastercard3ds2.id}"]`).click();
    await (await bankFrame(page)).locator('#code').waitFor();
    await shoot('challenge');
    await page.locator('threeds-frame [part~="dialog-cancel"]').click();
    await page.locator('pay-button [part~="status"]', { hasText: /cancelled/ }).waitFor();
    await shoot('cancelled', true);
    await payWithUzcard(shopper);
    await shoot('paid', true);
    await page.locator('#confirmation').click();
    await page.locator('pay-status [part~="qr"]').waitFor();
    await shoot('order', true);
    await page.context().close();
  }
}
await pictureForReadme();
await pictureOfInspector();
await world.close();

/** As sharp as a phone draws it. */
async function asPhone({ context, page }: Shopper): Promise<void> {
  const devtools = await context.newCDPSession(page);
  const phone = { width: 360, height: 800, deviceScaleFactor: 2, mobile: false };
  await devtools.send('Emulation.setDeviceMetricsOverride', phone);
}

/** demo/assets/checkout.webp: three moments of a payment on a phone, side by side. */
async function pictureForReadme(): Promise<void> {
  const page = await world.browser.newPage({ viewport: { width: 1176, height: 816 }, deviceScaleFactor: 2 });
  const moments = ['checkout', 'challenge', 'order'].map(async (name) => {
    const picture = await readFile(join(folder, `${name}-360-light.png`), 'base64');
    return `<div><img src="data:image/png;base64,${picture}" width="360"></div>`;
  });
  await page.setContent(`<body>
    <style>
      body { display: flex; gap: 24px; box-sizing: border-box; height: 816px; margin: 0; padding: 24px; background: #e9e2d6 }
      div { flex: none; overflow: hidden; border: 1px solid #b9ad99; border-radius: 20px; background: #f8f4ec; width: 358px }
    </style>
    ${(await Promise.all(moments)).join('')}`);
  const sharp = (await page.screenshot()).toString('base64');
  // A third of what PNG takes, which is no good at illustrations. Playwright writes no WebP, the browser does.
  const webp = await page.evaluate(async (source) => {
    const picture = new Image();
    picture.src = source;
    await picture.decode();
    const canvas = Object.assign(document.createElement('canvas'), {
      width: picture.width,
      height: picture.height,
    });
    canvas.getContext('2d')!.drawImage(picture, 0, 0);
    return canvas.toDataURL('image/webp', 0.9).split(',')[1]!;
  }, `data:image/png;base64,${sharp}`);
  await writeFile('demo/assets/checkout.webp', webp, 'base64');
}

/** demo/assets/inspector.png: the middle of a payment with 3-D Secure 2. */
async function pictureOfInspector(): Promise<void> {
  const shopper = await world.shopper();
  await shopper.order('A-1001');
  await openSheet(shopper.page);
  await shopper.page.locator(`[data-card="${CARDS.mastercard3ds2.id}"]`).click();
  await enterCode(await bankFrame(shopper.page), RIGHT_CODE);
  await shopper.status(/^Paid/);
  const page = await world.browser.newPage({
    viewport: { width: 1200, height: 900 },
    deviceScaleFactor: 1.5,
  });
  await page.goto(`${world.demo.sandbox}/inspector`);
  const chapter = page.getByRole('heading', { name: /turns to the provider/ });
  await chapter.evaluate((heading) => scrollTo(0, heading.getBoundingClientRect().top + scrollY - 90));
  await page.screenshot({ path: 'demo/assets/inspector.png' });
}

async function payWithUzcard(shopper: Shopper): Promise<void> {
  const { page } = shopper;
  await shopper.order('U-2001');
  await page.locator('pay-button button[part~="button"]').click();
  await page.locator(`[data-card="${CARDS.uzcardApproved.id}"]`).click();
  await page.locator('[data-action="pay"]').click();
  await page.locator('input[autocomplete="one-time-code"]').fill('123456');
  await page.locator('button[type="submit"]').first().click();
  await page.locator('pay-button [part~="receipt"]').waitFor();
}
