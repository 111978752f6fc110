import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import {
  bankFrame,
  begunFrame,
  hasFrame,
  idleFrame,
  letRepeat,
  newChallenge,
  otherFrame,
  part,
  say,
  shownFrame,
} from '../../support/browser/threeds-stage.js';

describe('threeds-frame: messages', () => {
  it('ends at the message that the bank sent the shopper back, with the frame already gone', async () => {
    const { frameUrl, message } = await newChallenge();
    const { element, events } = await shownFrame({ frameUrl });
    let opened: boolean | undefined;
    element.addEventListener(
      'threeds-return',
      () => (opened = part(element, 'dialog')?.hasAttribute('open')),
    );
    await say(bankFrame(element)!, message('returned'));
    await element.updateComplete;
    expect(events).to.deep.equal(['threeds-shown', 'threeds-return']);
    expect(opened).to.be.false;
    expect(hasFrame(element)).to.be.false;
  });

  it('takes the message that the bank’s form was posted for its being shown, once', async () => {
    const { frameUrl, message } = await newChallenge();
    const { element, events } = await shownFrame({ frameUrl });
    await say(bankFrame(element)!, message('shown'));
    await say(bankFrame(element)!, message('shown'));
    expect(events).to.deep.equal(['threeds-shown']);
  });

  it('is not shown by its host page alone, in which the bank’s page may still be loading', async () => {
    const { acsUrl } = await newChallenge();
    const { element, events } = await begunFrame({ frameUrl: acsUrl, messageOrigin: location.origin });
    await oneEvent(bankFrame(element)!, 'load');
    await letRepeat(bankFrame(element)!, 'whatever: it takes longer than a load to be told of');
    await element.updateComplete;
    expect(events).to.deep.equal([]);
    expect(part(element, 'spinner')!.hidden).to.be.false;
    expect(element.shadowRoot!.querySelector('[role=status]')!.textContent).to.match(/wait/);
  });

  it('is shown by that message before the load is over, and by no other', async () => {
    const { frameUrl, message } = await newChallenge();
    const { element, events } = await begunFrame({ frameUrl });
    const source = bankFrame(element)!.contentWindow;
    const hear = (data: unknown) =>
      window.dispatchEvent(new MessageEvent('message', { data, source, origin: location.origin }));
    hear(message('loading'));
    expect(events).to.deep.equal([]);
    hear(message('shown'));
    expect(events).to.deep.equal(['threeds-shown']);
  });

  it('B1 ignores another site’s frame', async () => {
    const { frameUrl, acsUrl, message } = await newChallenge();
    const { events } = await shownFrame({ frameUrl });
    await letRepeat(await otherFrame(acsUrl), message('returned'));
    expect(events).to.deep.equal(['threeds-shown']);
  });

  it('B1 ignores its own frame when that speaks from another origin', async () => {
    const { acsUrl, message } = await newChallenge();
    const { element, events } = await begunFrame({ frameUrl: acsUrl, messageOrigin: location.origin });
    await oneEvent(bankFrame(element)!, 'load');
    await letRepeat(bankFrame(element)!, message('shown'));
    await letRepeat(bankFrame(element)!, message('returned'));
    expect(events).to.deep.equal([]);
  });

  it('believes a host page of another origin, which is the merchant’s choice', async () => {
    const { acsUrl, message } = await newChallenge();
    const { element, events } = await shownFrame({ frameUrl: acsUrl });
    await letRepeat(bankFrame(element)!, message('returned'));
    expect(events).to.deep.equal(['threeds-shown', 'threeds-return']);
  });

  it('B2 ignores the right origin from a wrong window', async () => {
    const { frameUrl, message } = await newChallenge();
    const { events } = await shownFrame({ frameUrl });
    await say(await otherFrame(`${frameUrl}-other`), message('returned'));
    const delivered = oneEvent(window, 'message');
    window.postMessage(message('returned'), location.origin);
    await delivered;
    expect(events).to.deep.equal(['threeds-shown']);
  });

  it('B2 ignores a popup of the page’s own origin', async () => {
    const { frameUrl, message } = await newChallenge();
    const { events } = await shownFrame({ frameUrl });
    const popup = window.open(`${frameUrl}-popup`)! as Window & { eval(script: string): void };
    await oneEvent(popup, 'load');
    const delivered = oneEvent<MessageEvent>(window, 'message');
    popup.eval(`opener.postMessage(${JSON.stringify(message('returned'))}, '*')`);
    const { origin, source } = await delivered;
    expect([origin, source === popup]).to.deep.equal([location.origin, true]);
    popup.close();
    expect(events).to.deep.equal(['threeds-shown']);
  });

  it('B4 ignores a sandboxed frame, whose origin is null', async () => {
    const { frameUrl, message } = await newChallenge();
    const { events } = await shownFrame({ frameUrl });
    const delivered = oneEvent<MessageEvent>(window, 'message');
    const data = JSON.stringify(message('returned'));
    await fixture(
      html`<iframe
        title="stranger"
        sandbox="allow-scripts"
        .srcdoc=${`<script>parent.postMessage(${data}, '*')</script>`}
      ></iframe>`,
    );
    expect((await delivered).origin).to.equal('null');
    expect(events).to.deep.equal(['threeds-shown']);
  });

  it('B4 ignores an opaque origin, also in its own frame', async () => {
    const { frameUrl, message } = await newChallenge();
    const { element, events } = await shownFrame({ frameUrl });
    const data = message('returned');
    const source = bankFrame(element)!.contentWindow;
    window.dispatchEvent(new MessageEvent('message', { data, source, origin: 'null' }));
    expect(events).to.deep.equal(['threeds-shown']);
  });

  it('B5 ignores an id that is missing, wrong, or of an earlier challenge', async () => {
    const earlier = await newChallenge();
    const { element, events } = await shownFrame({ frameUrl: earlier.frameUrl });
    element.close();
    const { frameUrl, message } = await newChallenge();
    element.frameUrl = frameUrl;
    await oneEvent(element, 'threeds-shown');
    for (const id of [undefined, '', 'wrong', earlier.token, [earlier.token], null]) {
      await say(bankFrame(element)!, { ...message('returned'), id });
    }
    expect(events).to.deep.equal(['threeds-shown', 'threeds-shown']);
  });

  it('ignores whatever else a frame may say, without an error', async () => {
    const { frameUrl, message } = await newChallenge();
    const { element, events } = await shownFrame({ frameUrl });
    const strange = [
      null,
      undefined,
      0,
      '',
      'returned',
      [],
      {},
      new Map(),
      { ...message('returned'), type: 'x' },
    ];
    for (const data of [...strange, message('paid'), message('toString')])
      await say(bankFrame(element)!, data);
    expect(events).to.deep.equal(['threeds-shown']);
  });

  it('B7 makes nothing of a claimed result, and reacts once', async () => {
    const { frameUrl, message } = await newChallenge();
    const { element, events } = await shownFrame({ frameUrl });
    const returned = oneEvent(element, 'threeds-return');
    const frame = bankFrame(element)!;
    const page = frame.contentWindow as Window & { say(message: unknown): void };
    page.say({ ...message('returned'), transStatus: 'Y' });
    page.say({ ...message('returned'), transStatus: 'Y' });
    expect(await returned).not.to.have.property('detail');
    const delivered = oneEvent(window, 'message');
    window.postMessage('the two above have been delivered', location.origin);
    await delivered;
    expect(events).to.deep.equal(['threeds-shown', 'threeds-return']);
  });

  it('B9 ignores messages before it begins and after it was closed', async () => {
    const { frameUrl, message } = await newChallenge();
    const { element, events } = await idleFrame();
    const arrive = (source: Window | null) =>
      window.dispatchEvent(
        new MessageEvent('message', { data: message('returned'), source, origin: location.origin }),
      );
    arrive(null);
    element.frameUrl = frameUrl;
    await oneEvent(element, 'threeds-shown');
    const page = bankFrame(element)!.contentWindow;
    element.close();
    arrive(page);
    expect(events).to.deep.equal(['threeds-shown']);
  });

  it('B101 does not so much as look into ten thousand messages of strangers, and hears the bank after them', async () => {
    const { frameUrl, message } = await newChallenge();
    const { element, events } = await shownFrame({ frameUrl });
    let looks = 0;
    const look = () => (looks += 1) > 0;
    const data: object = new Proxy(message('returned'), { get: look, has: look, ownKeys: () => [] });
    const own = bankFrame(element)!.contentWindow;
    for (let count = 0; count < 10_000; count += 1) {
      const isOrigin = count % 2 === 0;
      const origin = isOrigin ? location.origin : 'https://evil.example';
      window.dispatchEvent(new MessageEvent('message', { data, origin, source: isOrigin ? window : own }));
    }
    expect(looks).to.equal(0);
    expect(element.isUpdatePending).to.be.false;
    expect(events).to.deep.equal(['threeds-shown']);
    await say(bankFrame(element)!, message('returned'));
    expect(events).to.deep.equal(['threeds-shown', 'threeds-return']);
  });

  it('B101 takes ten thousand malformed messages of its own frame for nothing', async () => {
    const { frameUrl, message } = await newChallenge();
    const { element, events } = await shownFrame({ frameUrl });
    const source = bankFrame(element)!.contentWindow;
    const malformed = [
      undefined,
      { ...message('returned'), id: {} },
      { ...message('paid') },
      [message('x')],
      'x',
    ];
    for (let count = 0; count < 10_000; count += 1) {
      const data: unknown = malformed[count % malformed.length];
      window.dispatchEvent(new MessageEvent('message', { data, origin: location.origin, source }));
    }
    expect(element.isUpdatePending).to.be.false;
    expect(events).to.deep.equal(['threeds-shown']);
  });
});
