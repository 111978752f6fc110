import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const MARK = 'sealed.1.';

/** What may be sealed: a column's text belongs there and nowhere else. */
export type SealedColumn = 'answer' | 'action' | 'provider_id' | 'mark';

/**
 * Seals what may open a payment for as long as the provider and the bank need it: neither the database's files nor a
 * backup of them show it. AES-256-GCM, the nonce an HMAC of the text, as SIV makes it: one text has one seal, by which
 * it can be looked for, and two texts never share a nonce.
 */
export class Sealing {
  readonly #key: Buffer;
  readonly #nonceKey: Buffer;

  /** `key`: 32 random bytes. */
  constructor(key: Buffer) {
    const derived = Buffer.from(hkdfSync('sha256', key, '', 'pay-elements sealing', 64));
    this.#key = derived.subarray(0, 32);
    this.#nonceKey = derived.subarray(32);
  }

  seal(column: SealedColumn, text: string): string {
    const hmac = createHmac('sha256', this.#nonceKey).update(`${column}:${text}`);
    const nonce = hmac.digest().subarray(0, NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.#key, nonce).setAAD(Buffer.from(column));
    const sealed = [nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()];
    return MARK + Buffer.concat(sealed).toString('base64url');
  }

  /** Throws where the text was sealed with another key. Text that was never sealed is returned as it is. */
  open(column: SealedColumn, text: string): string {
    if (!text.startsWith(MARK)) return text;
    const sealed = Buffer.from(text.slice(MARK.length), 'base64url');
    const decipher = createDecipheriv(ALGORITHM, this.#key, sealed.subarray(0, NONCE_BYTES));
    decipher.setAAD(Buffer.from(column)).setAuthTag(sealed.subarray(-TAG_BYTES));
    const clear = [decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()];
    return Buffer.concat(clear).toString('utf8');
  }

  /** Whether the text was sealed with this key, or never. */
}
