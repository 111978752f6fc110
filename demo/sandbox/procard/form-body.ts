import { parse } from 'lossless-json';

/**
 * A request body as ProcardPay reads it, whatever its encoding: names with brackets are nested objects, and a number is
 * the text that was received, because signatures cover that text. Deeper inside, JSON's numbers stay numbers.
 */
export interface Fields {
  [name: string]: FieldValue;
}
type FieldValue = string | number | boolean | null | FieldValue[] | Fields;

export type BodyReading =
  /** `parts`: names and values in the order received; empty for JSON. */
  { kind: 'fields'; fields: Fields; parts: [string, string][] } | { kind: 'unreadable'; why: string };

class Unreadable extends Error {}

/** Reads multipart/form-data, application/x-www-form-urlencoded and JSON. */
export function readBody(contentType: string, body: Buffer): BodyReading {
  try {
    const [type = '', ...parameters] = contentType.split(';').map((piece) => piece.trim());
    switch (type.toLowerCase()) {
      case 'multipart/form-data':
        return nested(multipartParts(body, boundaryOf(parameters)));
      case 'application/x-www-form-urlencoded':
        return nested([...new URLSearchParams(utf8(body))]);
      case 'application/json':
        return { kind: 'fields', fields: jsonFields(utf8(body)), parts: [] };
      default:
        return { kind: 'unreadable', why: 'unknown content type' };
    }
  } catch (error) {
    if (error instanceof Unreadable) return { kind: 'unreadable', why: error.message };
    throw error;
  }
}

/** Exactly the bytes received: no replacement characters, and a byte order mark stays where it is. */
function utf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Unreadable('not UTF-8');
  }
}

function jsonFields(text: string): Fields {
  let value: unknown;
  let withSourceTexts: unknown;
  try {
    value = JSON.parse(text);
    // The third argument keeps a number's source text: 1.00 stays "1.00".
    withSourceTexts = parse(text, undefined, (digits) => digits);
  } catch {
    throw new Unreadable('not JSON');
  }
  if (!isFields(value) || !isFields(withSourceTexts)) throw new Unreadable('not a JSON object');
  refuseProto(value);
  for (const [name, inner] of Object.entries(withSourceTexts)) {
    if (typeof inner === 'string') value[name] = inner;
  }
  return value;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuseProto(value: object): void {
  for (const [name, inner] of Object.entries(value)) {
    if (name === '__proto__') throw new Unreadable('refused name');
    if (typeof inner === 'object' && inner !== null) refuseProto(inner as object);
  }
}

function nested(parts: [string, string][]): BodyReading {
  const fields: Fields = {};
  for (const [name, value] of parts) {
    const path = pathOf(name);
    const last = path.pop() ?? '';
    let place = fields;
    for (const step of path) {
      const inner = Object.hasOwn(place, step) ? place[step] : (place[step] = {});
      if (!isFields(inner)) throw new Unreadable('a name is both a value and a group');
      place = inner;
    }
    if (Object.hasOwn(place, last)) throw new Unreadable('the same name twice');
    place[last] = value;
  }
  return { kind: 'fields', fields, parts };
}

/** `add_params[AReqDetails.notificationUrl]` → two steps; the dot is part of the name. */
function pathOf(name: string): string[] {
  const match = /^([^[\]]+)((?:\[[^[\]]+\])*)$/.exec(name);
  if (!match) throw new Unreadable('malformed name');
  const path = [match[1] ?? '', ...(match[2] ?? '').split(/[[\]]+/).filter((step) => step !== '')];
  if (path.includes('__proto__')) throw new Unreadable('refused name');
  return path;
}

function boundaryOf(parameters: string[]): string {
  for (const parameter of parameters) {
    const match = /^boundary=(?:"([^"]+)"|([^"]+))$/i.exec(parameter);
    if (match) return match[1] ?? match[2] ?? '';
  }
  throw new Unreadable('no boundary');
}

/** RFC 7578. Only text fields: ProcardPay documents no file. */
function multipartParts(body: Buffer, boundary: string): [string, string][] {
  const [preamble, ...pieces] = split(Buffer.concat([Buffer.from('\r\n'), body]), `\r\n--${boundary}`);
  const end = pieces.pop();
  if (preamble?.length !== 0 || !end?.toString('latin1').startsWith('--')) throw new Unreadable('not closed');
  return pieces.map((piece) => {
    const gap = piece.indexOf('\r\n\r\n');
    if (gap < 0) throw new Unreadable('a part without headers');
    const headers = utf8(piece.subarray(0, gap));
    const name = /^content-disposition: *form-data;.*?\bname="([^"]*)"/im.exec(headers)?.[1];
    if (name === undefined || /\bfilename\*?=/i.test(headers)) throw new Unreadable('not a text field');
    return [unescaped(name), utf8(piece.subarray(gap + 4))];
  });
}

function split(bytes: Buffer, separator: string): Buffer[] {
  const pieces: Buffer[] = [];
  let from = 0;
  for (;;) {
    const at = bytes.indexOf(separator, from);
    if (at < 0) return [...pieces, bytes.subarray(from)];
    pieces.push(bytes.subarray(from, at));
    from = at + separator.length;
  }
}

/** How browsers and HTTP libraries write a quotation mark or a line break inside a name (WHATWG HTML). */
function unescaped(name: string): string {
  return name.replace(/%(22|0D|0A)/gi, (escape) => decodeURIComponent(escape));
}
