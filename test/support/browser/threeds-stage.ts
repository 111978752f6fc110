import { fixture, html, oneEvent } from '@open-wc/testing';
import { executeServerCommand } from '@web/test-runner-commands';
import type { ThreedsErrorEvent } from '../../../src/elements/threeds-events.js';
import { ThreedsFrame } from '../../../src/elements/threeds-frame.js';
import type { Destination } from '../../../src/threeds/challenge.js';

/** Writes down where it would have sent the window: the window of a test must stay. */
export class StayingThreedsFrame extends ThreedsFrame {
  /** False where another window goes, or where the test keeps this one by other means. */
  stays = true;
  readonly visits: { destination: Destination; target: string }[] = [];
  protected override visit(destination: Destination, target: string): boolean {
    this.visits.push({ destination, target });
    return this.stays || super.visit(destination, target);
  }
}
customElements.define('threeds-frame', StayingThreedsFrame);
// A frame that cannot be opened is known only once it has been rendered: that second update is meant.
StayingThreedsFrame.disableWarning?.('change-in-update');

export const EVENTS = ['threeds-shown', 'threeds-return', 'threeds-cancel', 'threeds-error'] as const;

/** One challenge of a test: nothing else in the run has its token, its path at the bank or its messages. */
export async function newChallenge() {
  const token = crypto.randomUUID();
  const bank = await executeServerCommand<string, undefined>('bank-origin');
  return {
    token,
    frameUrl: `${location.origin}/pay/3ds/${token}`,
    bankPath: `/acs/${token}`,
    acsUrl: `${bank}/acs/${token}`,
    silentUrl: `${bank}/silent/${token}`,
    creq: btoa(JSON.stringify({ acsTransID: token, challengeWindowSize: '03' })),
    message: (event: string) => ({ type: 'pay-elements:threeds', event, id: token }),
  };
}

export interface PostedForm {
  method: string;
  body: string;
  referer: string;
}

/** Waits for the next request to that path of the bank or of the host page. */
export function bankRequest(path: string): Promise<PostedForm> {
  return executeServerCommand<PostedForm, { path: string }>('bank-request', { path });
}

export async function bankCount(path: string): Promise<number> {
  return (await executeServerCommand<{ count: number }, { path: string }>('bank-count', { path })).count;
}

type Attributes = Partial<
  Pick<
    ThreedsFrame,
    | 'frameUrl'
    | 'acsUrl'
    | 'creq'
    | 'sessionData'
    | 'pareq'
    | 'md'
    | 'termUrl'
    | 'windowSize'
    | 'presentation'
    | 'messageOrigin'
    | 'locale'
  >
>;

/** An element in the page that has not begun, and the names of its events as they come. */
export async function idleFrame(attributes: Attributes = {}) {
  const element = await fixture<StayingThreedsFrame>(html`<threeds-frame locale="en"></threeds-frame>`);
  const events: string[] = [];
  for (const name of EVENTS) element.addEventListener(name, ({ type }) => events.push(type));
  Object.assign(element, attributes);
  return { element, events };
}

/** The same, begun. */
export async function begunFrame(attributes: Attributes) {
  const stage = await idleFrame(attributes);
  await stage.element.updateComplete;
  return stage;
}

/** The same, refused: with the code of its error. */
export async function refusedFrame(attributes: Attributes) {
  const stage = await idleFrame();
  const code = errorCode(stage.element);
  Object.assign(stage.element, attributes);
  return { ...stage, code: await code };
}

/** Waits for the next threeds-error, and until its words are in place. */
export async function errorCode(element: ThreedsFrame): Promise<string> {
  const { detail } = await oneEvent<ThreedsErrorEvent>(element, 'threeds-error');
  await element.updateComplete;
  return detail.code;
}

/** The same, with the page in its frame loaded. */
export async function shownFrame(attributes: Attributes) {
  const stage = await idleFrame(attributes);
  await oneEvent(stage.element, 'threeds-shown');
  await stage.element.updateComplete;
  return stage;
}

export function part(element: ThreedsFrame, name: string): HTMLElement | null {
  return element.shadowRoot!.querySelector<HTMLElement>(`[part="${name}"]`);
}

export function byId(element: ThreedsFrame, id: string): HTMLElement {
  return element.shadowRoot!.querySelector<HTMLElement>(`#${id}`)!;
}

export function bankFrame(element: ThreedsFrame): HTMLIFrameElement | null {
  return element.shadowRoot!.querySelector('iframe');
}

/** A fact, not a node: a runner that has to describe a frame's node, for a failed comparison, does not come back. */
export function hasFrame(element: ThreedsFrame): boolean {
  return bankFrame(element) !== null;
}

/** The part of what has the focus inside the element; of the buttons that share a part, the id. */
export function focused(element: ThreedsFrame): string | undefined {
  const active = element.shadowRoot!.activeElement;
  const name = active?.getAttribute('part');
  return name && name !== 'action' ? name : active?.id;
}

/** Resolves once this message has been delivered to the test's page: others may be on their way before it. */
function delivered(message: unknown): Promise<void> {
  const expected = JSON.stringify(message);
  return new Promise((resolve) => {
    window.addEventListener('message', function hear({ data }) {
      if (JSON.stringify(data) !== expected) return;
      window.removeEventListener('message', hear);
      resolve();
    });
  });
}

/** Lets the page in a frame of our own origin post a message to its parent, and waits until it has been delivered. */
export async function say(frame: HTMLIFrameElement, message: unknown): Promise<void> {
  const said = delivered(message);
  (frame.contentWindow as Window & { say(message: unknown): void }).say(message);
  await said;
}

/** The same for a page of another origin, which repeats to its parent what it is told. */
export async function letRepeat(frame: HTMLIFrameElement, message: unknown): Promise<void> {
  const said = delivered(message);
  frame.contentWindow!.postMessage(message, '*');
  await said;
}

/** Another frame in the test's page, loaded. */
export async function otherFrame(src: string): Promise<HTMLIFrameElement> {
  const frame = await fixture<HTMLIFrameElement>(html`<iframe title="another"></iframe>`);
  const loaded = oneEvent(frame, 'load');
  frame.src = src;
  await loaded;
  return frame;
}
