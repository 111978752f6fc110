import { AttemptMemory } from './attempt-memory.js';
import type { Waiting } from './insist.js';
import { MerchantClient } from './merchant-client.js';
import type { Settings } from './settings.js';
import { Wake } from './wake.js';

/** Everything that lives as long as one configuration of an element, and ends with it. */
export interface Run extends Waiting {
  readonly settings: Settings;
  readonly client: MerchantClient;
  readonly memory: AttemptMemory;
  readonly ending: AbortController;
}

export function beginRun(settings: Settings): Run {
  const ending = new AbortController();
  const { signal } = ending;
  return {
    settings,
    client: new MerchantClient(settings.endpoint),
    memory: new AttemptMemory(settings.endpoint, settings.orderId),
    ending,
    signal,
    wake: new Wake(signal),
  };
}
