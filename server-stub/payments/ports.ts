import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';

/** Time and chance, so that a test can own both. */
export interface Ports {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms`, or as soon as the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** 128 random bits in base64url, 22 characters: ids, tokens, references. */
  token(): string;
  /** A fraction from 0 to 1 that spreads what would otherwise happen at once. */
  jitter(): number;
}

/** The facts of an instant on which a decision rests. */
export interface Moment {
  now: number;
  /** See Ports.jitter. */
  jitter: number;
}

export function momentOf(ports: Ports): Moment {
  return { now: ports.now(), jitter: ports.jitter() };
}

export const systemPorts: Ports = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    // An aborted sleep is over, which is all that the sleeper wants to know.
    await wait(ms, undefined, { signal }).catch(() => undefined);
  },
  token: () => randomBytes(16).toString('base64url'),
  jitter: () => Math.random(),
};
