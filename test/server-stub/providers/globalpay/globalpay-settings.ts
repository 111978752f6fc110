import type { GlobalPaySettings } from '../../../../server-stub/providers/globalpay/settings.js';
import { Secret } from '../../../../server-stub/secret.js';

/** The merchant of the fixtures. */
export const SETTINGS: GlobalPaySettings = {
  apiUrl: 'https://checkout-api.globalpay.example/checkout',
  username: 'sandbox-merchant',
  password: new Secret('sandbox-password'),
  serviceId: '303',
  tokenLifespan: 900,
  redirectHosts: ['globalpay.example'],
};
