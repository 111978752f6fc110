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
    what: 'a `creq` whose ids contradict each other is answered with an `Erro` message, code 305 (EMV, Table B.10)',
    certainty: 'documented',
  },
  { what: 'any site may show the page in a frame (EMV, requirement 122)', certainty: 'documented' },
  {
    what: '3-D Secure 1: `PaReq`, `MD` and `TermUrl` come in, `PaRes` in lines of 76 characters and `MD` go back',
    certainty: 'documented',
  },
  {
    what: 'one code by text message; a wrong one fails the challenge at the first try',
    certainty: 'assumed',
  },
  { what: 'the first decision stands, and a page sent twice changes nothing', certainty: 'assumed' },
];
