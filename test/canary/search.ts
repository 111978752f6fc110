/** Something that left the server, as bytes. */
export interface Output {
  /** What it is, in words: it names the leak. */
  where: string;
  bytes: Buffer;
  /** Secrets that it is there to carry. */
  carries?: readonly string[];
}

/** A secret's name and its text. */
export type Secrets = ReadonlyMap<string, string>;

/** Every place where a secret stands, in clear or in a coat that anybody can take off, and every card number. */
export function leaks(outputs: readonly Output[], secrets: Secrets): string[] {
  const coats = [...secrets].map(([name, text]) => ({ name, coats: coatsOf(text) }));
  return outputs.flatMap(({ where, bytes, carries = [] }) => {
    const text = bytes.toString('latin1');
    const lower = text.toLowerCase();
    const found = coats
      .filter(({ name }) => !carries.some((one) => name.startsWith(one)))
      .flatMap((secret) =>
        Object.entries(secret.coats)
          .filter(([, coat]) => (coat.anyCase ? lower : text).includes(coat.text))
          .map(([coat]) => `${secret.name}, ${coat}, in ${where}`),
      );
    return [...found, ...cardNumbers(text).map((number) => `card number ${number} in ${where}`)];
  });
}

interface Coat {
  text: string;
  anyCase?: true;
}

function coatsOf(secret: string): Record<string, Coat> {
  const bytes = Buffer.from(secret);
  const hex = bytes.toString('hex');
  const units = [...secret].map((char) => char.charCodeAt(0).toString(16).padStart(4, '0'));
  const base64 = [0, 1, 2].map((offset) => base64Inside(bytes, offset));
  const text = (value: string): Coat => ({ text: Buffer.from(value).toString('latin1') });
  return {
    'in clear': text(secret),
    ...Object.fromEntries(base64.map((coat, offset) => [`as Base64 at ${offset}`, text(coat)])),
    ...Object.fromEntries(
      base64.map((coat, offset) => [
        `as Base64url at ${offset}`,
        text(coat.replaceAll('+', '-').replaceAll('/', '_')),
      ]),
    ),
    'as hex': { text: hex, anyCase: true },
    'percent-encoded': text(encodeURIComponent(secret)),
    'percent-encoded throughout': { text: hex.replace(/../g, '%$&'), anyCase: true },
    'in JSON': text(JSON.stringify(secret).slice(1, -1)),
    'in JSON escapes': { text: units.map((unit) => `\\u${unit}`).join(''), anyCase: true },
  };
}

/** How bytes look in Base64 that began this many bytes before them, without what their neighbours decide. */
function base64Inside(bytes: Buffer, offset: number): string {
  const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString('base64')
    .replaceAll('=', '');
  const own = Math.floor(((offset + bytes.length) * 8) / 6);
  return encoded.slice(Math.ceil((offset * 8) / 6), own);
}

/** 13 to 19 digits, single blanks or hyphens between, that satisfy Luhn's formula and begin as cards of networks do. */
function cardNumbers(text: string): string[] {
  const runs = text.matchAll(/(?<![A-Za-z\d]|\d\.)[2-689](?:[ -]?\d){12,18}(?![A-Za-z\d])/g);
  return Array.from(runs, ([run]) => run.replace(/\D/g, '')).filter(isLuhn);
}

function isLuhn(digits: string): boolean {
  const values = [...digits].reverse().map((digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return value > 9 ? value - 9 : value;
  });
  return values.reduce((sum, value) => sum + value, 0) % 10 === 0;
}
