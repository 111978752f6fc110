import type { Environment } from '../setting-error.js';
import { createGlobalPay } from './globalpay/adapter.js';
import { createProcard } from './procard/adapter.js';
import type { Provider } from './provider.js';
import { PspHttp, type PspLimits } from './psp-http.js';

/** Every provider there is. A new one is a folder beside this file and a line here. */
const PROVIDERS: readonly ((env: Environment, http: PspHttp, now: () => number) => Provider | undefined)[] = [
  createProcard,
  createGlobalPay,
];

/**
 * The providers whose settings are present. `now`: the clock of the payments' `createdAt`. Throws `SettingError` where
 * settings are there in part, or wrong.
 */
export function createProviders(
  env: NodeJS.ProcessEnv,
  { limits, now = Date.now }: { limits?: Partial<PspLimits>; now?: () => number } = {},
): Provider[] {
  const http = new PspHttp(limits);
  return PROVIDERS.flatMap((create) => create(env, http, now) ?? []);
}
