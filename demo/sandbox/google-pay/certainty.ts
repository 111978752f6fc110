import type { CertaintyRow } from '../certainty.js';

/** What the Google Pay stand-in does, and how sure it is that Google does the same. pay.js: its source of 2022. */
export const GOOGLE_PAY_CERTAINTY: readonly CertaintyRow[] = [
  { what: 'requests, answers and callbacks have the shapes of the reference pages', certainty: 'documented' },
  { what: 'tokens are sealed, signed and opened by the rules of ECv2', certainty: 'documented' },
  { what: '`/google-pay/keys.json` has the form of Google’s root keys', certainty: 'documented' },
  {
    what: 'what a token holds with `PAN_ONLY` and with `CRYPTOGRAM_3DS`; no `eciIndicator` for Mastercard',
    certainty: 'documented',
  },
  {
    what: 'tokens of type DIRECT hold one test card, for `merchant:12345678901234567890`',
    certainty: 'documented',
  },
  {
    what: 'price formats, gateway and the rest are checked when the sheet opens; the page learns `DEVELOPER_ERROR`',
    certainty: 'documented',
  },
  {
    what: 'what is checked before the sheet opens, in which order, with which texts (pay.js)',
    certainty: 'older edition',
  },
  {
    what: 'how `loadPaymentData` rejects, in a popup and in Chrome’s own sheet (pay.js)',
    certainty: 'older edition',
  },
  {
    what: '`isReadyToPay` by the browser’s name, and callbacks that have 30 seconds (pay.js)',
    certainty: 'older edition',
  },
  {
    what: 'elements, classes and sizes of the button, and where its style goes (pay.js)',
    certainty: 'older edition',
  },
  { what: 'the steps of the sheet; the shopper’s two addresses', certainty: 'assumed' },
  {
    what: 'ProcardPay refuses with -12 what is not sealed for its merchant, Google’s own tokens among it',
    certainty: 'assumed',
  },
];
