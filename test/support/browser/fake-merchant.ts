import type { Offer } from '../../../src/contract/api.js';
import type { NextAction } from '../../../src/contract/next-action.js';
import type { PaymentView } from '../../../src/contract/payment.js';

export interface SeenRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: Headers;
  readonly body: unknown;
  readonly signal: AbortSignal;
}

const realFetch = window.fetch.bind(window);

type Reply = (request: SeenRequest) => Response | Promise<Response>;

/** A merchant API that answers as the test says. It stands in for the network, which is where `fetch` ends. */
export class FakeMerchant {
  readonly requests: SeenRequest[] = [];
  readonly #replies = new Map<string, Reply[]>();
  readonly #waiting = new Set<() => void>();

  constructor() {
    window.fetch = (input, init) => this.#fetch(new URL(input as string, location.href), init);
  }

  close(): void {
    window.fetch = realFetch;
  }

  /** What to answer to `GET /pay/offers/A-1` and its like: one after the other, the last one for good. */
  reply(route: string, ...replies: Reply[]): this {
    this.#replies.set(route, replies);
    return this;
  }

  to(route: string): SeenRequest[] {
    return this.requests.filter((request) => routeOf(request) === route);
  }

  /** Resolves once a route was asked so many times. */
  async asked(route: string, times = 1): Promise<SeenRequest> {
    while (this.to(route).length < times) await new Promise<void>((done) => this.#waiting.add(done));
    return this.to(route)[times - 1]!;
  }

  async #fetch(url: URL, init: RequestInit = {}): Promise<Response> {
    const request: SeenRequest = {
      method: init.method ?? 'GET',
      path: url.pathname + url.search,
      headers: new Headers(init.headers),
      body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
      signal: init.signal!,
    };
    this.requests.push(request);
    for (const done of this.#waiting) done();
    this.#waiting.clear();
    const replies = this.#replies.get(routeOf(request));
    if (!replies) throw new Error(`The test gave no answer to ${routeOf(request)}`);
    const reply = replies.length > 1 ? replies.shift()! : replies[0]!;
    return Promise.race([reply(request), aborted(request.signal)]);
  }
}

function routeOf({ method, path }: SeenRequest): string {
  return `${method} ${path.split('?')[0]}`;
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(new DOMException('The request was aborted.', 'AbortError'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
  });
}

/**
 * Its text is there at once. Engines read a body beside the page's own tasks, and how long that takes them would decide
 * what has happened when `settled` is over.
 */
export function answer(text: string, status = 200): Response {
  return Object.assign(new Response(text, { status }), { text: async () => text });
}

export const json =
  (body: unknown, status = 200): Reply =>
  () =>
    answer(JSON.stringify(body), status);

export const problem = (code: string, status = 409): Reply =>
  json({ type: 'about:blank', title: '', status, code, trace: 't' }, status);

export const offline: Reply = () => Promise.reject(new TypeError('Failed to fetch'));

/** Never answers. */
export const silence: Reply = () => new Promise(() => undefined);

/** Answers when the test says. */
export function held(): { reply: Reply; release(body: unknown, status?: number): void } {
  let release: (response: Response) => void;
  const response = new Promise<Response>((resolve) => (release = resolve));
  return { reply: () => response, release: (body, status) => release(answer(JSON.stringify(body), status)) };
}

export function offer(part: Partial<Offer> = {}): Offer {
  return {
    orderId: 'A-1',
    description: 'Coffee',
    money: { minor: 12_500, currency: 'UAH' },
    country: 'UA',
    methods: [
      {
        type: 'google-pay',
        environment: 'TEST',
        gateway: 'procard',
        gatewayMerchantId: 'merchant-1',
        merchantName: 'Coffee shop',
        networks: ['VISA'],
        authMethods: ['PAN_ONLY', 'CRYPTOGRAM_3DS'],
      },
    ],
    ...part,
  };
}

export const hostedOffer = (): Offer => offer({ methods: [{ type: 'hosted-page' }] });

export function view(part: Partial<PaymentView> = {}): PaymentView {
  return {
    id: 'p1',
    orderId: 'A-1',
    money: { minor: 12_500, currency: 'UAH' },
    status: 'processing',
    method: 'google-pay',
    action: null,
    decline: null,
    receiptUrl: null,
    late: false,
    version: 1,
    ...part,
  };
}

export const threeds = (version: 1 | 2 = 2): NextAction => ({
  type: 'threeds',
  id: 'c1',
  version,
  frameUrl: `${location.origin}/pay/3ds/c1`,
  acsUrl: 'https://bank.example/acs',
  fields:
    version === 2
      ? { creq: 'SECRET-creq' }
      : { PaReq: 'SECRET-pareq', MD: 'SECRET-md', TermUrl: 'https://shop.example/t' },
  windowSize: '02',
});

export const redirect = (url = 'https://psp.example/page'): NextAction => ({
  type: 'redirect',
  id: 'r1',
  url,
});
