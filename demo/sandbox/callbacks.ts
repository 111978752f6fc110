import type { Agenda } from './agenda.js';
import type { CallbackFault } from './faults/fault.js';
import type { Faults } from './faults/faults.js';
import type { Check, Journal } from './journal.js';

export interface Callback {
  provider: 'procard' | 'globalpay';
  url: string;
  /** What the journal calls its payment. */
  about: readonly string[];
  /** Asked at once, so that a late callback says what was true then. `fault` may concern the body. */
  compose: (fault: CallbackFault['fault'] | undefined) => Message;
  /** Where the callback follows the answer to the request that caused it. Otherwise it leaves at once. */
  afterAnswer?: (send: () => void) => void;
}

interface Message {
  body: object;
  /** What the journal says about its signature. */
  checks?: readonly Check[];
}

interface Dispatch extends Message, Pick<Callback, 'provider' | 'url' | 'about'> {
  fault?: CallbackFault['fault'];
  ended: AbortSignal;
}

interface Surroundings {
  journal: Journal;
  faults: Faults;
  agenda: Agenda;
  now: () => number;
  /** Milliseconds before each repetition. */
  pauses?: readonly number[] | undefined;
}

/** Delivers providers' callbacks: a POST with JSON, repeated after each pause until it is answered with 200. */
export class Callbacks {
  readonly #around: Surroundings;
  readonly #pauses: readonly number[];
  #ended = new AbortController();

  constructor(around: Surroundings) {
    this.#around = around;
    this.#pauses = around.pauses ?? [1_000, 5_000, 30_000];
  }

  /**
   * Calls back as the fault that was ordered for this callback says, if any. Resolves once the request that caused it
   * may be answered: at once, unless the callback has to be the first. Deliveries that are open then end with `clear()`.
   */
  async deliver({ provider, url, about, compose, afterAnswer = (send) => send() }: Callback): Promise<void> {
    const { faults, agenda, now } = this.#around;
    const fault = faults.takeForCallback(`${provider}_callback`);
    const dispatch: Dispatch = {
      ...{ provider, url, about, ...compose(fault?.fault), ended: this.#ended.signal },
      ...(fault && { fault: fault.fault }),
    };
    switch (fault?.fault) {
      case 'callback_lost':
        this.#note(dispatch, now(), { status: null, answer: 'never sent' });
        return;
      case 'callback_early':
        if (!(await this.#attempt(dispatch))) void this.#insist(dispatch);
        return;
      case 'callback_late':
        afterAnswer(() => agenda.at(now() + fault.seconds * 1000, () => void this.#send(dispatch)));
        return;
      case 'callback_repeated':
        afterAnswer(() => void this.#sendThrice(dispatch));
        return;
      default:
        afterAnswer(() => void this.#send(dispatch));
    }
  }

  /** Ends every delivery that is still open. */
  clear(): void {
    this.#ended.abort();
    this.#ended = new AbortController();
  }

  async #sendThrice(dispatch: Dispatch): Promise<void> {
    for (let time = 0; time < 3; time += 1) await this.#send(dispatch);
  }

  async #send(dispatch: Dispatch): Promise<void> {
    if (!(await this.#attempt(dispatch))) await this.#insist(dispatch);
  }

  async #insist(dispatch: Dispatch): Promise<void> {
    const { agenda, now } = this.#around;
    for (const pause of this.#pauses) {
      await new Promise<void>((resolve) => agenda.at(now() + pause, resolve));
      if (await this.#attempt(dispatch)) return;
    }
  }

  /** Whether nothing is left to do: it was answered with 200, or all deliveries have been ended. */
  async #attempt(dispatch: Dispatch): Promise<boolean> {
    const { ended } = dispatch;
    if (ended.aborted) return true;
    const startedAt = this.#around.now();
    const answered = await post(dispatch);
    if (ended.aborted) return true;
    this.#note(dispatch, startedAt, answered);
    return answered.status === 200;
  }

  #note(
    { provider, about, body, checks, fault }: Dispatch,
    startedAt: number,
    answered: { status: number | null; answer: string },
  ): void {
    this.#around.journal.add({
      startedAt,
      from: 'provider',
      to: 'server',
      provider,
      operation: 'callback',
      sent: body,
      ...answered,
      about,
      ...(checks && { checks }),
      ...(fault && { fault }),
    });
  }
}

async function post({ url, body, ended }: Dispatch): Promise<{ status: number | null; answer: string }> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.any([ended, AbortSignal.timeout(10_000)]),
    });
    return { status: response.status, answer: (await response.text()).slice(0, 200) };
  } catch (error) {
    return { status: null, answer: `not delivered: ${error instanceof Error ? error.name : 'unknown'}` };
  }
}
