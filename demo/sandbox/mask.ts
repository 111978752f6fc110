/** Signatures stay readable: comparing them is what a developer opens the journal for. */
const SECRET_NAMES = new Set([
  // Google Pay
  'gpToken',
  'gpTokenDecrypted',
  'token',
  // 3-D Secure, in ProcardPay's names, in Complete3DS, and in the specification's
  'transaction_key',
  'd3Md',
  'd3Pareq',
  'd3Creq',
  'd3ds_md',
  'd3ds_pares',
  'd3ds_cres',
  'MD',
  'PaReq',
  'PaRes',
  'creq',
  'cres',
  'threeDSSessionData',
  // what a shopper types
  'number',
  'expiry',
  'cvv',
  'otp',
  // GlobalPay's sessions
  'password',
  'access_token',
  'refresh_token',
]);

/** Every card of the sandbox has sixteen digits. They may stand in any text, also in one with a harmless name. */
const CARD_NUMBER = /(?<!\d)([2-9]\d{3})[ -]?\d{4}[ -]?\d{4}[ -]?(\d{4})(?!\d)/g;

/** The same value without its secrets: each is replaced by its length, and a card's number by its ends. */
export function masked(value: unknown): unknown {
  if (typeof value === 'string') return maskedText('', value);
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      typeof inner === 'string' ? maskedText(name, inner) : masked(inner),
    ]),
  );
}

export function maskedText(name: string, value: string): string {
  if (SECRET_NAMES.has(name) && value !== '') return `[${value.length} characters]`;
  return value.replace(CARD_NUMBER, '$1 •••• •••• $2');
}
