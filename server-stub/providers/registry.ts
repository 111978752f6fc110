import type { Environment } from '../setting-error.js';
import { createGlobalPay } from './globalpay/adapter.js';
import { createProcard } from './procard/adapter.js';
import type { Provider } from './provider.js';
import { PspHttp } from './psp-http.js';

/** Every provider there is. A new one is a folder beside this file and a line here. */
const PROVIDERS: readonly ((env: Environment, http: PspHttp) => Provider | undefined)[] = [
  createProcard,
  createGlobalPay,
];

/** The providers whose settings are present. Throws `SettingError` where they are there in part, or wrong. */
export function createProviders(env: NodeJS.ProcessEnv): Provider[] {
  const http = new PspHttp();
  return PROVIDERS.flatMap((create) => create(env, http) ?? []);
}
