import type { CertaintyRow } from '../certainty.js';

/** What ProcardPay's gateway does here, and how sure it is that the real one does the same. */
export const PROCARD_CERTAINTY: readonly CertaintyRow[] = [
  {
    what: '`GooglePayPurchase` as multipart: its fields, and which of them are required',
    certainty: 'documented',
  },
  { what: '`GooglePayPurchase` as an urlencoded form or as JSON', certainty: 'assumed' },
  { what: '`Purchase` and its fields', certainty: 'documented' },
  {
    what: 'languages `ua` or `uk`, `ru` and `en`, and the answer `result` with `url`',
    certainty: 'seen in integrations',
  },
  { what: '`redirect` as `true` or `false`', certainty: 'seen in integrations' },
  {
    what: '`Complete3DS`, `check` and `reverse`: fields, signed texts, names in the answers',
    certainty: 'older edition',
  },
  {
    what: 'the path of `reverse`, and the shape of the answer to `check`',
    certainty: 'seen in integrations',
  },
  { what: '`operation` in lower case only', certainty: 'assumed' },
  { what: 'bracketed names are groups, and dots in names stay', certainty: 'assumed' },
  { what: 'names such as `__proto__`, and one name twice, make a body unreadable: -2', certainty: 'assumed' },
  {
    what: 'signatures of purchases: HMAC-SHA512 over five fields joined by `;`, in UTF-8',
    certainty: 'documented',
  },
  { what: 'signatures in lower-case hex', certainty: 'seen in integrations' },
  {
    what: 'signatures over the text received; for a number in JSON, over its source text',
    certainty: 'assumed',
  },
  { what: 'an amount with up to two decimals is taken, `1.00` as well as `1`', certainty: 'assumed' },
  { what: '-4 and its text; an `order_id` that comes twice is an error', certainty: 'documented' },
  { what: 'the other system error codes and their texts', certainty: 'older edition' },
  { what: 'the Russian texts of -12 and -18', certainty: 'assumed' },
  { what: 'which mistake gets which code, the order of the checks, HTTP status 200', certainty: 'assumed' },
  { what: 'answers of `GooglePayPurchase`: result, 3-D Secure, rejection', certainty: 'documented' },
  { what: '`reason` as a text or as an answer code', certainty: 'documented' },
  { what: '`reasonCode` 0 for a payment that is not decided yet', certainty: 'assumed' },
  { what: 'answer codes and their texts', certainty: 'older edition' },
  { what: 'payment statuses', certainty: 'documented' },
  { what: 'how long a status stands, and what follows', certainty: 'assumed' },
  { what: 'a card number (`PAN_ONLY`) may be approved without a challenge', certainty: 'assumed' },
  { what: 'a token is good for one payment, and then declined with 585', certainty: 'assumed' },
  { what: 'a decrypted token: base64 of JSON with the printed fields', certainty: 'documented' },
  {
    what: '`cryptogram` is needed for `CRYPTOGRAM_3DS` only, and an expired decrypted token is taken',
    certainty: 'assumed',
  },
  { what: '3-D Secure: codes 2001 and 2002, and the forms that go to the bank', certainty: 'documented' },
  { what: '`AReqDetails.notificationUrl` is where the bank returns', certainty: 'documented' },
  {
    what: 'without it, or if it is longer than 256 characters, 3-D Secure 2 is declined',
    certainty: 'assumed',
  },
  { what: 'the form of `transaction_key`: 77 hex digits', certainty: 'documented' },
  { what: '`cres` in `d3ds_cres` or in `d3ds_pares`', certainty: 'assumed' },
  { what: '`Complete3DS` takes effect once, and answers the same again', certainty: 'assumed' },
  { what: 'a message that is not the bank’s, or a no, declines with 210', certainty: 'assumed' },
  { what: 'an unfinished payment expires after 15 minutes', certainty: 'assumed' },
  { what: '-10 for an order or a key that is not known', certainty: 'assumed' },
  { what: '`reverse` answers 0, or 1', certainty: 'seen in integrations' },
  { what: '0 where the money is back at once, 1 where the refund is in process', certainty: 'assumed' },
  { what: 'the result is posted to `callback_url`', certainty: 'documented' },
  {
    what: 'callbacks in JSON: their fields, their signed text, `Approved` and `Declined`',
    certainty: 'older edition',
  },
  {
    what: 'callbacks signed with SHA-512; `type`, `Expired`, `NEEDS-CLARIFICATION`, `rrn`, `pc…` in them',
    certainty: 'seen in integrations',
  },
  {
    what: 'callbacks with MD5, `merchant_id` and upper-case statuses; `reasoneCode` in `check`',
    certainty: 'older edition',
  },
  {
    what: 'callbacks after the answer, also after `Complete3DS` and `reverse`, repeated until 200',
    certainty: 'assumed',
  },
  { what: 'times without a zone are those of Kyiv', certainty: 'assumed' },
  { what: 'where the browser goes from the page, and by GET', certainty: 'assumed' },
];
