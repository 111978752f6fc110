import * as z from 'zod/mini';
import { Offer, PaymentView, ProblemCode, type CreatePayment } from '../../src/contract/index.js';
import type { Sightings } from './soak-sightings.js';

/** What a request came to. `lost`: no answer, or one that says nothing about the payment; worth asking again. */
export type Answer<T> =
  { kind: 'answer'; body: T } | { kind: 'refused'; code: ProblemCode } | { kind: 'lost' };

const Problem = z.object({ code: ProblemCode });

/** Longer than a long poll of these tests. */
const PATIENCE_MS = 15_000;

/** The merchant API as the widget uses it. Every payment it is shown is noted. */
export class Api {
  readonly #url: string;
  readonly #sightings: Sightings;
  readonly #closing: AbortSignal;

  /** `closing`: aborts when every browser is shut, whatever it was waiting for. */
  constructor(url: string, sightings: Sightings, closing: AbortSignal) {
    this.#url = url;
    this.#sightings = sightings;
    this.#closing = closing;
  }

  offer(orderId: string): Promise<Answer<Offer>> {
    return this.#ask(`/offers/${orderId}`, Offer);
  }

  create(body: CreatePayment, key: string): Promise<Answer<PaymentView>> {
    return this.#view('/payments', 0, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
      body: JSON.stringify(body),
    });
  }

  findByKey(key: string): Promise<Answer<PaymentView>> {
    return this.#view('/payments', 0, { headers: { 'Idempotency-Key': key } });
  }

  wait({ id, version }: PaymentView, seconds: number): Promise<Answer<PaymentView>> {
    const path = `/payments/${id}?wait=${seconds}&after=${version}`;
    return this.#view(path, this.#sightings.highestOf(id));
  }

  cancel({ id }: PaymentView): Promise<Answer<PaymentView>> {
    return this.#view(`/payments/${id}/cancel`, this.#sightings.highestOf(id), { method: 'POST' });
  }

  async #view(path: string, atLeast: number, init?: RequestInit): Promise<Answer<PaymentView>> {
    const answer = await this.#ask(path, PaymentView, init);
    if (answer.kind === 'answer') this.#sightings.note(answer.body, atLeast);
    return answer;
  }

  async #ask<T>(path: string, schema: z.ZodMiniType<T>, init: RequestInit = {}): Promise<Answer<T>> {
    const signal = AbortSignal.any([this.#closing, AbortSignal.timeout(PATIENCE_MS)]);
    const reply = await unlessLost(async () => {
      const response = await fetch(`${this.#url}/pay${path}`, { ...init, signal });
      return { status: response.status, text: await response.text() };
    });
    if (!reply || reply.status >= 500 || reply.status === 429) return { kind: 'lost' };
    if (reply.status < 300) return { kind: 'answer', body: schema.parse(JSON.parse(reply.text)) };
    const { code } = Problem.parse(JSON.parse(reply.text));
    return code === 'in_progress' ? { kind: 'lost' } : { kind: 'refused', code };
  }
}

/** `undefined`: the connection broke, or nobody waits any longer. Any other error is a bug. */
export async function unlessLost<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    const isLost = error instanceof TypeError && /fetch failed|terminated/.test(error.message);
    if (isLost || (error instanceof DOMException && /^(Timeout|Abort)Error$/.test(error.name)))
      return undefined;
    throw error;
  }
}
