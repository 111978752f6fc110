import type { PspHttp } from '../providers/psp-http.js';
import { isSuccess } from '../providers/psp-http.js';
import { readRootKeys, type RootKey } from './ecv2.js';

interface Kept {
  keys: readonly RootKey[];
  /** On the monotonic clock, milliseconds. */
  refreshAt: number;
  endsAt: number;
}

/**
 * The root keys that a `keys.json` publishes, in memory only. They are kept for as long as the answer allows and asked
 * for again at half of that time, so that a failure then is not yet one for anybody (Google Pay, payment data
 * cryptography, "Root signing keys").
 */
export class RootKeys {
  readonly #url: string;
  readonly #http: PspHttp;
  readonly #now: () => number;
  #kept: Kept | undefined;
  #request: Promise<void> | undefined;

  /** `now`: a clock that nobody sets, in milliseconds. */
  constructor(url: string, http: PspHttp, now: () => number) {
    this.#url = url;
    this.#http = http;
    this.#now = now;
  }

  /** `undefined` where there are none to be had. However many ask at once, one request goes out. */
  async get(): Promise<readonly RootKey[] | undefined> {
    if (!this.#kept || this.#now() >= this.#kept.refreshAt) {
      this.#request ??= this.#fetch().finally(() => (this.#request = undefined));
      await this.#request;
    }
    return this.#kept?.keys;
  }

  async #fetch(): Promise<void> {
    const sentAt = this.#now();
    const reply = await this.#http.get(this.#url);
    const keys = isSuccess(reply) ? readRootKeys(reply.json) : undefined;
    if (isSuccess(reply) && keys) {
      const life = (reply.freshFor ?? 0) * 1_000;
      this.#kept = { keys, refreshAt: sentAt + life / 2, endsAt: sentAt + life };
    } else if (this.#kept && this.#now() >= this.#kept.endsAt) {
      this.#kept = undefined;
    }
  }
}
