import type { CertaintyRow } from '../certainty.js';

/** What the Google Pay stand-in does, and how sure it is that Google does the same. */
export const GOOGLE_PAY_CERTAINTY: readonly CertaintyRow[] = [
  { what: 'requests, answers and callbacks have the shapes of the reference pages', certainty: 'documented' },
  {
    what: 'a token is an ECv2 text: signature, intermediate signing key, signed message',
    certainty: 'documented',
  },
  {
    what: 'what is checked before the sheet opens, in which order and with which texts, is as in the source of pay.js that Google published in 2022',
    certainty: 'older edition',
  },
  {
    what: '`onPaymentAuthorized` has 30 seconds, after which the sheet shows an error',
    certainty: 'older edition',
  },
  {
    what: 'price formats, gateway and the rest are checked when the sheet opens; the page learns DEVELOPER_ERROR',
    certainty: 'documented',
  },
  { what: 'a token is good for one payment', certainty: 'assumed' },
  {
    what: 'ProcardPay refuses a token for another `gatewayMerchantId` than the one it issued to the merchant',
    certainty: 'assumed',
  },
];
