import { fixture } from '@open-wc/testing';
import { html, type TemplateResult } from 'lit';
import type { Phase } from '../../../src/checkout/phase.js';
import { PayButton } from '../../../src/elements/pay-button.js';
import { ThreedsFrame } from '../../../src/elements/threeds-frame.js';
import { PayStatus } from '../../../src/elements/pay-status.js';
import { FakeGoogle } from './fake-google.js';
import { FakeMerchant } from './fake-merchant.js';

/** Writes down where it would have sent the window: the window of a test must stay. */
export class StayingPayButton extends PayButton {
  readonly visits: string[] = [];
  protected override navigate(url: string): void {
    this.visits.push(url);
  }
}

/** Shows no bank: what it is told to show is written down. */
export class QuietThreedsFrame extends ThreedsFrame {
  readonly calls: string[] = [];
  override show(): void {
    this.calls.push(`show ${this.presentation} ${this.windowSize} ${this.frameUrl}`);
  }
  override close(): void {
    this.calls.push('close');
  }
  protected override willUpdate(): void {
    // Begins nothing by itself.
  }
}

customElements.define('threeds-frame', QuietThreedsFrame);
customElements.define('pay-button', StayingPayButton);
customElements.define('pay-status', PayStatus);

const EVENTS = ['pay-ready', 'pay-begin', 'pay-phase', 'pay-dismissed', 'pay-result', 'pay-error'] as const;

export interface SeenEvent {
  readonly type: string;
  readonly detail: Record<string, unknown>;
}

/** A page with a merchant, Google, and whatever elements the test puts there. */
export class PayStage {
  readonly merchant = new FakeMerchant();
  readonly google = new FakeGoogle();
  readonly events: SeenEvent[] = [];
  readonly #address = location.href;
  readonly #listening = new AbortController();

  constructor() {
    sessionStorage.clear();
    for (const name of EVENTS) {
      const note = (event: Event) =>
        this.events.push({ type: event.type, detail: Reflect.get(event, 'detail') as SeenEvent['detail'] });
      document.addEventListener(name, note, { signal: this.#listening.signal });
    }
  }

  close(): void {
    this.merchant.close();
    this.google.close();
    this.#listening.abort();
    history.replaceState(null, '', this.#address);
  }

  /** The page's address gets these parameters. */
  visit(search: string): void {
    const url = new URL(this.#address);
    new URLSearchParams(search).forEach((value, name) => url.searchParams.set(name, value));
    history.replaceState(null, '', url);
  }

  async button(
    template: TemplateResult = html`<pay-button endpoint="/pay" order-id="A-1" locale="en"></pay-button>`,
  ): Promise<StayingPayButton> {
    return fixture<StayingPayButton>(template);
  }

  detailsOf(type: string): SeenEvent['detail'][] {
    return this.events.filter((event) => event.type === type).map((event) => event.detail);
  }
}

/** Resolves as soon as the element stands there. */
export async function reached(element: PayButton, phase: Phase['name']): Promise<void> {
  while (element.phase !== phase) {
    await new Promise((resolve) => element.addEventListener('pay-phase', resolve, { once: true }));
  }
  await element.updateComplete;
}

export function part(element: Element, name: string): HTMLElement {
  return element.shadowRoot!.querySelector<HTMLElement>(`[part="${name}"]`)!;
}

/** The text of a part as a shopper reads it. */
export function words(element: Element, name: string): string {
  return (part(element, name).textContent ?? '').replace(/\s+/g, ' ').trim();
}

export function googleButton(element: Element): HTMLButtonElement {
  return element.shadowRoot!.querySelector<HTMLButtonElement>('[part=google-pay] button')!;
}

export function frameOf(element: Element): QuietThreedsFrame {
  return element.shadowRoot!.querySelector('threeds-frame') as QuietThreedsFrame;
}

export const isShown = (element: Element): boolean => element.checkVisibility();
