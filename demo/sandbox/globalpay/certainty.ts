import type { CertaintyRow } from '../certainty.js';

/**
 * What the GlobalPay Checkout sandbox does, and how sure it is that GlobalPay does the same. Documented: the public
 * workflow page, which gives names and rules in words and prints no body. Seen in integrations: of the sister product
 * GlobalPay Gateway.
 */
export const GLOBALPAY_CERTAINTY: readonly CertaintyRow[] = [
  // auth
  { what: 'paths of auth, refresh and status, and the four names of their answers', certainty: 'documented' },
  { what: 'auth takes `username` and `password`', certainty: 'seen in integrations' },
  { what: 'refresh takes `refresh_token`, and needs no Bearer token', certainty: 'assumed' },
  { what: 'an access token and a refresh token end with their lives', certainty: 'documented' },
  {
    what: 'a refresh token works once, and its old access token is refused from then on',
    certainty: 'assumed',
  },
  { what: 'a merchant may have several sessions at once', certainty: 'assumed' },
  {
    what: 'errors of auth have the common error body, not the OAuth form `error`, `error_description`',
    certainty: 'assumed',
  },
  // create
  { what: 'path of create: `user-service-tokens`', certainty: 'documented' },
  { what: 'path of create: `/v1/` before it', certainty: 'assumed' },
  {
    what: 'names of the fields of create; only `tokenLifespan` and the redirect addresses may be left out',
    certainty: 'documented',
  },
  {
    what: 'types of the fields; `amount` and `currency` as `{ name, value }` with text values',
    certainty: 'assumed',
  },
  { what: 'the amount is in tiyin', certainty: 'documented' },
  { what: 'it has 1 to 15 digits and nothing else, the first of them not 0', certainty: 'assumed' },
  { what: 'the only currency is UZS', certainty: 'assumed' },
  { what: '`tokenLifespan`: 900 s if left out, silently brought into 300 to 86400', certainty: 'documented' },
  {
    what: '`tokenLifespan` of zero or less becomes 300; a fraction is refused with 400',
    certainty: 'assumed',
  },
  { what: '`name` must be unique', certainty: 'documented' },
  { what: 'a `name` that exists is refused with 400', certainty: 'assumed' },
  {
    what: 'an unknown `externalServiceId` is refused with 404, as an entity that is not found',
    certainty: 'assumed',
  },
  {
    what: '`items` are accepted unread; that they do not add up is only noted in the journal',
    certainty: 'assumed',
  },
  {
    what: 'http redirect addresses are taken, so that a shop can run on its own machine',
    certainty: 'assumed',
  },
  { what: 'the answer repeats the request, and adds `id` and `userRedirectUrl`', certainty: 'documented' },
  { what: 'the answer comes with HTTP 200, and has the effective `tokenLifespan`', certainty: 'assumed' },
  // the page
  {
    what: 'Uzcard and Humo ask for a code by SMS, Visa and Mastercard for the bank’s own page',
    certainty: 'documented',
  },
  {
    what: 'the page asks for number and expiry date, and refuses a card that has expired',
    certainty: 'assumed',
  },
  { what: 'three attempts at the SMS code', certainty: 'assumed' },
  { what: 'a button with which the shopper refuses, which ends the payment', certainty: 'assumed' },
  {
    what: 'success and failure lead to the given addresses, or to pages of GlobalPay’s own',
    certainty: 'documented',
  },
  { what: 'nothing is added to those addresses', certainty: 'assumed' },
  { what: 'a token that was paid, or whose life is over, cannot be paid', certainty: 'documented' },
  { what: 'a failed payment ends its token', certainty: 'assumed' },
  // status and callback
  { what: '`APPROVED`; `FAILED` with `error`, such as `INSUFFICIENT_FUNDS`', certainty: 'documented' },
  {
    what: '`FAILED` with `PAYMENT_EXPIRED` once the life is over and no card had come',
    certainty: 'documented',
  },
  { what: 'a payment whose card came in time may be finished after the life', certainty: 'documented' },
  {
    what: 'other error words: `OTP_TRIES_EXCEEDED`, `THREEDS_FAILED`, `CANCELLED_BY_USER`',
    certainty: 'assumed',
  },
  {
    what: 'until a payment is decided: `INIT`; before its card 404, where the sandbox is told so',
    certainty: 'assumed',
  },
  { what: '`VALIDATE`, where it is ordered', certainty: 'seen in integrations' },
  { what: '`gnkDetail` with `qrCodeUrl` for a successful payment', certainty: 'documented' },
  {
    what: 'the other members of the status and of `gnkDetail`, named as at the sister product',
    certainty: 'assumed',
  },
  { what: 'a receipt that comes three seconds after the money, or never', certainty: 'assumed' },
  { what: 'a callback at the end of a payment, equal to the status', certainty: 'documented' },
  { what: 'the callback may be missing', certainty: 'documented' },
  {
    what: 'it is a POST with JSON and no signature, and is repeated until it is answered with 200',
    certainty: 'assumed',
  },
  { what: 'no callback about a token that expires unpaid', certainty: 'assumed' },
  // errors
  {
    what: 'HTTP 400, 401, 404 and 500; `detail`, `code`, `path`, `timestamp`, `trace`',
    certainty: 'documented',
  },
  { what: 'the words in `code`, the sentences in `detail`, ISO time in `timestamp`', certainty: 'assumed' },
  { what: 'another method at an address that exists is answered with 404', certainty: 'assumed' },
];
