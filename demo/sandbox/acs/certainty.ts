import type { CertaintyRow } from '../certainty.js';

/** What the bank does, and how sure it is that banks do the same. EMV: EMV 3DS Core 2.3.1 and EMVCo's FAQ. */
export const BANK_CERTAINTY: readonly CertaintyRow[] = [
  {
    what: '`creq` comes as a form field, Base64url without padding; padding is forgiven (EMV, requirement 117, FAQ 68)',
    certainty: 'documented',
  },
  {
    what: 'the result comes back as `cres` in a form that posts itself to the notification address (EMV, Table B.5)',
    certainty: 'documented',
  },
  { what: '`threeDSSessionData` comes back unchanged (EMV, requirement 139)', certainty: 'documented' },
  {
    what: 'a `creq` that contradicts its challenge is answered with an `Erro` message and its code (EMV, Tables A.4 and B.10)',
    certainty: 'documented',
  },
  {
    what: 'the first `creq` has to come within 30 seconds; then each page waits for 10 minutes (EMV, requirements 220 and 226)',
    certainty: 'documented',
  },
  {
    what: 'pages fit the window that the `creq` names, and any site may frame them (EMV, Table A.23, requirement 122)',
    certainty: 'documented',
  },
  {
    what: '3-D Secure 1: `PaReq`, `MD` and `TermUrl` come in, `PaRes` in lines of 76 characters and `MD` go back',
    certainty: 'documented',
  },
  {
    what: 'some banks show a white page, want a window of their own for their app, or return to the whole window',
    certainty: 'seen in integrations',
  },
  { what: 'some banks answer twice, or hide where the shopper comes from', certainty: 'assumed' },
  {
    what: 'one code by text message; a wrong one fails the challenge at the first try',
    certainty: 'assumed',
  },
  { what: 'a bank that has waited long enough sends a `cres` with `transStatus` N', certainty: 'assumed' },
  { what: 'the first decision stands, and a page sent twice changes nothing', certainty: 'assumed' },
];
