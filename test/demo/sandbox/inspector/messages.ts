import type { JournalEntry } from '../../../../demo/sandbox/journal.js';

export const NOON = Date.UTC(2026, 10, 20, 12);

/** A message of the journal. `after`: milliseconds after noon. */
export function message(
  id: number,
  about: string[],
  { after = id, ...given }: Partial<JournalEntry> & { after?: number } = {},
): JournalEntry {
  return {
    id,
    at: new Date(NOON + after).toISOString(),
    tookMs: 0,
    from: 'server',
    to: 'provider',
    operation: 'check',
    sent: {},
    status: 200,
    answer: {},
    about,
    ...given,
  };
}
