import type { ProcardSettings } from '../../../../server-stub/providers/procard/settings.js';
import { Secret } from '../../../../server-stub/secret.js';

/** The merchant of the fixtures. */
export const SETTINGS: ProcardSettings = {
  apiUrl: 'https://pay-test.procard-ltd.com/api/',
  merchantId: 'BO_sandbox0000001',
  secretKey: new Secret('sandbox-secret-0001'),
  amountFormat: 'fixed2',
  encoding: 'multipart',
  cresField: 'd3ds_cres',
  callbackAlgorithm: 'sha512',
  secureType: undefined,
  areqBrowser: false,
  googlePay: {
    environment: 'TEST',
    gatewayMerchantId: 'BO_gateway0000001',
    merchantId: undefined,
    merchantName: 'Test shop',
  },
};
