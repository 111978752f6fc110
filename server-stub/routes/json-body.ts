import type { Context } from 'hono';
import type * as z from 'zod/mini';
import { Refusal } from '../payments/refusal.js';

/** Card data that the merchant has decrypted: a server that sees it falls under PCI DSS in full. */
const FORBIDDEN = 'gpTokenDecrypted';

/** Reads a JSON body by its schema; refuses with the name of the first field that does not fit. */
export async function readJsonBody<T extends z.ZodMiniType>(c: Context, schema: T): Promise<z.output<T>> {
  if (!/^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(c.req.header('content-type') ?? ''))
    throw new Refusal('unsupported_media_type');
  const body = parse(await c.req.text());
  if (holdsForbiddenField(body)) throw new Refusal('forbidden_field', `${FORBIDDEN} is not accepted`);
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const path = result.error.issues[0]?.path.join('.');
  throw new Refusal('invalid_request', `${path || 'the body'} is missing or has no acceptable value`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal('invalid_request', 'the body is not JSON');
  }
}

/** Looks everywhere, without recursion: a body may be nested as deep as it is long. */
function holdsForbiddenField(body: unknown): boolean {
  const left = [body];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value === 'string' && value.includes(FORBIDDEN)) return true;
    if (typeof value !== 'object' || value === null) continue;
    if (Object.keys(value).some((key) => key.includes(FORBIDDEN))) return true;
    const members: unknown[] = Object.values(value);
    left.push(...members);
  }
  return false;
}
