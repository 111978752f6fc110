import { GlobalPay } from '../../server-stub/providers/globalpay/adapter.js';
import { readGlobalPaySettings } from '../../server-stub/providers/globalpay/settings.js';
import { createProcard } from '../../server-stub/providers/procard/adapter.js';
import type { Provider } from '../../server-stub/providers/provider.js';
import type { PspClient } from '../../server-stub/providers/psp-http.js';
import { GLOBALPAY_PASSWORD, GLOBALPAY_USER } from './model-globalpay.js';
import { PROCARD_MERCHANT, PROCARD_SECRET } from './model-procard.js';
import { GLOBALPAY_URL, PROCARD_URL } from './network.js';
import type { Time } from './time.js';

const ENV = {
  PROCARD_API_URL: PROCARD_URL,
  PROCARD_MERCHANT_ID: PROCARD_MERCHANT,
  PROCARD_SECRET_KEY: PROCARD_SECRET,
  GOOGLE_PAY_GATEWAY_MERCHANT_ID: 'BO_gateway',
  GLOBALPAY_API_URL: GLOBALPAY_URL,
  GLOBALPAY_USERNAME: GLOBALPAY_USER,
  GLOBALPAY_PASSWORD: GLOBALPAY_PASSWORD,
  GLOBALPAY_SERVICE_ID: '303',
};

/** The server's own adapters, over the simulated network. */
export function adapters(client: PspClient, time: Time): Provider[] {
  const procard = createProcard(ENV, client);
  const settings = readGlobalPaySettings(ENV);
  if (!procard || !settings) throw new Error('both providers are set up');
  const clocks = { monotonic: () => time.now(), wall: () => time.now() };
  return [procard, new GlobalPay(settings, client, clocks)];
}
