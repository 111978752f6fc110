import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import type { MerchantEvent } from '../../server-stub/payments/merchant-event.js';
import type { Chance } from '../simulation/chance.js';

/** 32 bytes that are no secret. */
export const WEBHOOK_SECRET = `whsec_${Buffer.alloc(32, 'soak').toString('base64')}`;

/** The merchant's own system, as Standard Webhooks has it: it verifies, takes every id once, and answers. */
export class Receiver {
  /** How often a notice is not taken, or taken without an answer: from 0 to 1. */
  trouble = 0;
  received = 0;
  /** Every notice once, in the order of arrival. */
  readonly notices = new Map<string, MerchantEvent>();
  readonly violations: string[] = [];
  readonly #chance: Chance;
  readonly #onNotice: (event: MerchantEvent) => void;
  readonly #server = createServer((request, response) => {
    void text(request).then((body) => {
      const fate = this.#chance.happens(this.trouble)
        ? this.#chance.pick(['refuse', 'lose'] as const)
        : 'take';
      if (fate === 'refuse') return response.writeHead(500).end();
      this.#take(body, request.headers);
      return fate === 'lose' ? request.socket.destroy() : response.writeHead(204).end();
    });
  });

  /** `onNotice` is told of each id once. */
  constructor(chance: Chance, onNotice: (event: MerchantEvent) => void) {
    this.#chance = chance;
    this.#onNotice = onNotice;
  }

  /** Resolves to its address. */
  async open(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  #take(body: string, headers: IncomingHttpHeaders): void {
    this.received += 1;
    const event = this.#verified(body, headers);
    if (!event) return;
    const known = this.notices.get(event.id);
    if (known && JSON.stringify(known) !== JSON.stringify(event))
      this.violations.push(`I9 the notice ${event.id} came with two bodies`);
    if (known) return;
    const { id, version } = event.data.payment;
    const earlier = this.noticesOf(id).at(-1)?.data.payment.version ?? 0;
    if (version <= earlier)
      this.violations.push(`I9 ${id} was told of in version ${version} after version ${earlier}`);
    this.notices.set(event.id, event);
    this.#onNotice(event);
  }

  #verified(body: string, headers: IncomingHttpHeaders): MerchantEvent | undefined {
    try {
      const event = new Webhook(WEBHOOK_SECRET).verify(
        body,
        headers as Record<string, string>,
      ) as MerchantEvent;
      if (event.id === headers['webhook-id']) return event;
      this.violations.push(`I9 the notice ${event.id} came as ${String(headers['webhook-id'])}`);
    } catch (error) {
      this.violations.push(`I9 a notice could not be verified: ${String(error)}`);
    }
    return undefined;
  }

  noticesOf(paymentId: string): MerchantEvent[] {
    return [...this.notices.values()].filter(({ data }) => data.payment.id === paymentId);
  }
}
