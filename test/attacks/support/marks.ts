import assert from 'node:assert/strict';

/** Where a text may turn up: answers to shoppers, the log, the merchant's notices, the database, the sandbox's journal. */
export type Place = 'answers' | 'log' | 'notices' | 'store' | 'journal';

const EVERYWHERE: readonly Place[] = ['answers', 'log', 'notices', 'store', 'journal'];
const NOT_SHOWN: readonly Place[] = ['answers', 'log', 'notices', 'journal'];
const NOT_KEPT: readonly Place[] = ['log', 'notices', 'journal'];

/** Secrets of these tests, and the places in which each of them must never stand. */
export class Marks {
  readonly #marks = new Map<string, { what: string; banned: readonly Place[] }>();

  /** Stands nowhere: Google's token, what a bank sent, our credentials. */
  secret(what: string, text: string): void {
    this.#add(what, text, EVERYWHERE);
  }

  /** What the sandbox answered may hold keys that only the store needs, and messages to the bank, which browsers carry. */
  learnFrom(answer: string): void {
    for (const [, name = '', text = ''] of answer.matchAll(/"(\w+)":"([^"]{12,})"/g)) {
      if (name === 'access_token' || name === 'refresh_token') this.#add(name, text, EVERYWHERE);
      if (name === 'transaction_key') this.#add(name, text, NOT_SHOWN);
      if (['d3Creq', 'd3Pareq', 'd3Md'].includes(name)) this.#add(name, text, NOT_KEPT);
    }
  }

  assertNoneIn(place: Place, text: string): void {
    for (const [mark, { what, banned }] of this.#marks)
      if (banned.includes(place)) assert.equal(text.includes(mark), false, `${what} stands in ${place}`);
  }

  #add(what: string, text: string, banned: readonly Place[]): void {
    this.#marks.set(text, { what, banned });
  }
}
