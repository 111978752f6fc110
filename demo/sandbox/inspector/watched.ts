import * as z from 'zod/mini';
import { browserTime } from '../browser-time.js';
import type { NewEntry } from '../journal.js';

const Value = z.union([z.string().check(z.maxLength(500)), z.number(), z.boolean(), z.null()]);
/** Flat: `action.type` is one name. Unknown members cannot hide in it. */
const Fields = z
  .record(z.string().check(z.maxLength(64)), Value)
  .check(z.refine((fields) => Object.keys(fields).length <= 40, 'at most 40 fields'));

/** Sent by watch.js from a shop's page, to say what happened there. Anybody may send it, so it is small and plain. */
const Watched = z.strictObject({
  from: z.enum(['page', 'widget']),
  to: z.enum(['page', 'widget', 'server']),
  operation: z.string().check(z.regex(/^[A-Za-z0-9 /{}_-]{1,64}$/)),
  /** When it began, milliseconds since the epoch on the browser's clock. */
  startedAt: z.number(),
  tookMs: z.number().check(z.minimum(0), z.maximum(600_000)),
  sent: Fields,
  status: z.nullable(z.int().check(z.minimum(100), z.maximum(599))),
  answer: z.nullable(Fields),
  about: z.array(z.string().check(z.regex(/^(attempt|payment|token|page):\S{1,300}$/))).check(z.maxLength(8)),
});

/** A message for the journal, or undefined for anything else. */
export function readWatched(text: string, now: () => number): NewEntry | undefined {
  const read = Watched.safeParse(jsonOf(text));
  return read.success ? { ...read.data, startedAt: browserTime(read.data, now) } : undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
