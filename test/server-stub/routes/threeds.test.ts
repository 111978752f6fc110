import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { HttpStage } from '../support/http-stage.js';
import { tagsNamed, theTag } from '../support/html.js';
import { settled } from '../support/manual-ports.js';
import { CHALLENGE_1, CHALLENGE_2, cres } from '../support/records.js';
import { SITE } from '../support/stage.js';

const UNKNOWN_TOKEN = 'token99999999999999999';
const NASTY = `' " < > & </script><img src=x onerror=alert(1)> \u2028 ї`;

function post(http: HttpStage, token: string, body: BodyInit, headers: Record<string, string> = {}) {
  const type = { 'Content-Type': 'application/x-www-form-urlencoded' };
  return http.request(`/pay/3ds/${token}/return`, { method: 'POST', body, headers: { ...type, ...headers } });
}

const returned = (parts: Record<string, unknown> = {}) =>
  new URLSearchParams({ cres: cres(parts) }).toString();

/** The page without what differs from one answer to the next. */
const steady = (html: string) => html.replaceAll(/nonce="[^"]*"/g, '');

describe('the host page', () => {
  test('posts the bank’s form, byte for byte, into a frame with EMVCo’s permissions', async () => {
    const http = await HttpStage.open();
    const { token } = await http.stage.challenged();
    const html = await (await http.request(`/pay/3ds/${token}`)).text();
    const frame = theTag(html, 'iframe').attributes;
    assert.equal(
      frame.sandbox,
      'allow-forms allow-scripts allow-same-origin allow-pointer-lock allow-popups',
    );
    assert.equal(frame.allow, 'payment *; publickey-credentials-get *; publickey-credentials-create *');
    assert.ok(frame.title);
    assert.deepEqual(theTag(html, 'form').attributes, {
      method: 'post',
      action: CHALLENGE_2.acsUrl,
      target: frame.name,
    });
    assert.deepEqual(theTag(html, 'input').attributes, {
      type: 'hidden',
      name: 'creq',
      value: CHALLENGE_2.creq,
    });
    assert.equal(tagsNamed(html, 'noscript').length, 1);
  });

  test('of 3-D Secure 1 posts PaReq, MD and our TermUrl', async () => {
    const http = await HttpStage.open();
    http.stage.provider.answers('begin', { kind: 'challenge', challenge: CHALLENGE_1 });
    const { action } = await http.created();
    const html = await (await http.request(`/pay/3ds/${action?.id}`)).text();
    const fields = tagsNamed(html, 'input').map(({ attributes }) => [attributes.name, attributes.value]);
    assert.deepEqual(Object.fromEntries(fields), {
      PaReq: CHALLENGE_1.PaReq,
      MD: CHALLENGE_1.MD,
      TermUrl: `${SITE.publicUrl}/pay/3ds/${action?.id}/return`,
    });
  });

  test('E21 escapes whatever the provider sent', async () => {
    const http = await HttpStage.open();
    const acsUrl = `https://acs.bank.example/?a='"<>&`;
    const challenge = { ...CHALLENGE_1, acsUrl, PaReq: NASTY, MD: NASTY };
    http.stage.provider.answers('begin', { kind: 'challenge', challenge });
    const { action } = await http.created();
    const html = await (await http.request(`/pay/3ds/${action?.id}`)).text();
    const values = tagsNamed(html, 'input').map(({ attributes }) => attributes.value);
    assert.deepEqual(values.slice(0, 2), [NASTY, NASTY]);
    assert.equal(theTag(html, 'form').attributes.action, acsUrl);
    assert.equal(tagsNamed(html, 'img').length, 0);
    assert.equal(tagsNamed(html, 'script').length, 1);
  });

  test('E23 has a policy of its own: a nonce, the bank’s frame, and only our shops around it', async () => {
    const http = await HttpStage.open();
    const { token } = await http.stage.challenged();
    const [first, second] = [
      await http.request(`/pay/3ds/${token}`),
      await http.request(`/pay/3ds/${token}`),
    ];
    const policy = first.headers.get('content-security-policy') ?? '';
    const html = await first.text();
    const nonce = theTag(html, 'script').attributes.nonce ?? '';
    assert.match(nonce, /^[A-Za-z0-9+/]{22}==$/);
    assert.equal(theTag(html, 'style').attributes.nonce, nonce);
    assert.deepEqual(policy.split('; '), [
      "default-src 'none'",
      `script-src 'nonce-${nonce}'`,
      `style-src 'nonce-${nonce}'`,
      "frame-src https: 'self'",
      'form-action https:',
      "base-uri 'none'",
      "frame-ancestors 'self' https://shop.example",
    ]);
    assert.notEqual(second.headers.get('content-security-policy'), policy);
    assert.equal(first.headers.get('referrer-policy'), 'strict-origin-when-cross-origin');
    assert.equal(first.headers.get('cache-control'), 'no-store');
    assert.equal(first.headers.has('x-frame-options'), false);
  });

  test('lets the bank stand on this machine where we stand on it', async () => {
    const http = await HttpStage.open({ site: { ...SITE, publicUrl: 'http://localhost:8080' } });
    const { token } = await http.stage.challenged();
    const policy = (await http.request(`/pay/3ds/${token}`)).headers.get('content-security-policy') ?? '';
    assert.match(policy, /frame-src https: 'self' http:\/\/localhost:\* http:\/\/127\.0\.0\.1:\*;/);
    assert.match(policy, /form-action https: http:\/\/localhost:\* http:\/\/127\.0\.0\.1:\*;/);
  });

  test('is the same again while the bank waits, and neutral afterwards', async () => {
    const http = await HttpStage.open();
    const { view, token } = await http.stage.challenged();
    const load = async () => steady(await (await http.request(`/pay/3ds/${token}`)).text());
    assert.equal(await load(), await load());
    await http.stage.service.cancel(view.id);
    const over = await http.request(`/pay/3ds/${token}`);
    assert.equal(over.status, 200);
    const html = await over.text();
    assert.equal(tagsNamed(html, 'form').length + tagsNamed(html, 'iframe').length, 0);
  });

  test('of nobody’s token is 404 and holds nothing', async () => {
    const http = await HttpStage.open();
    const response = await http.request(`/pay/3ds/${UNKNOWN_TOKEN}`);
    assert.equal(response.status, 404);
    assert.equal(tagsNamed(await response.text(), 'script').length, 0);
  });

  test('speaks the shopper’s language', async () => {
    const http = await HttpStage.open();
    const { token } = await http.stage.challenged();
    const cases = { 'uk-UA,uk;q=0.9': 'uk', 'fr,ru;q=0.5': 'ru', 'uz-Latn': 'uz', 'en-GB': 'en', '*': 'en' };
    for (const [header, lang] of Object.entries(cases)) {
      const init = { headers: { 'Accept-Language': header } };
      const html = await (await http.request(`/pay/3ds/${token}`, init)).text();
      assert.equal(theTag(html, 'html').attributes.lang, lang, header);
    }
  });
});

describe('the return page', () => {
  test('is one constant page, whatever was posted', async () => {
    const http = await HttpStage.open();
    const { token } = await http.stage.challenged();
    const bodies: BodyInit[] = [
      '',
      'cres=abc',
      returned({ acsTransID: 'other' }),
      `cres=${encodeURIComponent('<script>alert(1)</script>')}&threeDSSessionData=%3Cscript%3E`,
      new Uint8Array([0xff, 0xfe, 0x00]),
      `cres=${'A'.repeat(1_000_000)}`,
      returned(),
      returned({ transStatus: 'N' }),
    ];
    const pages = [];
    for (const body of bodies) {
      const response = await post(http, token, body);
      assert.equal(response.status, 200);
      pages.push(steady(await response.text()));
    }
    assert.deepEqual(new Set(pages).size, 1);
    await settled();
    assert.equal(http.stage.provider.completed.length, 1);
  });

  test('F19 reflects nothing', async () => {
    const http = await HttpStage.open();
    const { token } = await http.stage.challenged();
    const html = await (await post(http, token, 'cres=canary&threeDSSessionData=canary', { Referer: 'https://canary.example' })).text(); // prettier-ignore
    assert.doesNotMatch(html, /canary/);
  });

  test('tells our host page and the shop, and nobody else, that the shopper is back', async () => {
    const http = await HttpStage.open();
    const { view, token } = await http.stage.challenged();
    const html = await (await post(http, token, returned())).text();
    const data = theTag(html, 'script').attributes;
    delete data.nonce;
    assert.deepEqual(data, {
      'data-type': 'pay-elements:threeds',
      'data-id': token,
      'data-own': 'https://pay.example',
      'data-shop': 'https://shop.example',
    });
    assert.equal(
      theTag(html, 'a').attributes.href,
      `https://shop.example/checkout?step=pay&payment=${view.id}`,
    );
    assert.doesNotMatch(html, /approved|declined|transStatus/i);
  });

  test('F14 as the top window leads to the shop, whatever was posted', async () => {
    const http = await HttpStage.open();
    const { view, token } = await http.stage.challenged();
    for (const body of [returned(), 'cres=abc', `cres=${'A'.repeat(100_000)}`]) {
      const response = await post(http, token, body, { 'Sec-Fetch-Dest': 'document' });
      assert.equal(response.status, 303);
      assert.equal(
        response.headers.get('location'),
        `https://shop.example/checkout?step=pay&payment=${view.id}`,
      );
    }
    assert.equal((await post(http, token, 'cres=abc', { 'Sec-Fetch-Dest': 'iframe' })).status, 200);
  });

  test('F12 takes no notice of cookies and origins, and sets no cookie', async () => {
    const pages = [];
    for (const headers of [{}, { Cookie: 'session=1', Origin: 'null' }, { Origin: 'https://evil.example' }]) {
      const http = await HttpStage.open();
      const { token } = await http.stage.challenged();
      const response = await post(http, token, returned(), headers);
      assert.equal(response.headers.has('set-cookie'), false);
      pages.push(`${response.status} ${steady(await response.text())}`);
      await settled();
      assert.equal(http.stage.provider.completed.length, 1);
    }
    assert.equal(new Set(pages).size, 1);
  });

  test('by GET is the same page and changes nothing', async () => {
    const http = await HttpStage.open();
    const { view, token } = await http.stage.challenged();
    const got = await http.request(`/pay/3ds/${token}/return?${returned()}`);
    assert.equal(got.status, 200);
    await settled();
    assert.deepEqual(await http.stage.look(view.id), view);
    assert.equal(http.stage.provider.completed.length, 0);
    assert.equal(steady(await got.text()), steady(await (await post(http, token, '')).text()));
  });

  test('F1 of nobody’s token is 200, holds nothing, and leads nowhere', async () => {
    const http = await HttpStage.open();
    const response = await post(http, UNKNOWN_TOKEN, returned(), { 'Sec-Fetch-Dest': 'document' });
    assert.equal(response.status, 200);
    const html = await response.text();
    assert.equal(tagsNamed(html, 'script').length + tagsNamed(html, 'a').length, 0);
  });

  test('E23 may be framed by us and our shops only', async () => {
    const http = await HttpStage.open();
    const { token } = await http.stage.challenged();
    const { headers } = await post(http, token, '');
    const policy = headers.get('content-security-policy') ?? '';
    assert.match(policy, /^default-src 'none'; /);
    assert.match(policy, /; frame-ancestors 'self' https:\/\/shop\.example$/);
    assert.equal(headers.has('x-frame-options'), false);
  });
});
