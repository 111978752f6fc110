/**
 * How sure the sandbox is that the real provider does the same: a current public page says so, an older edition of the
 * documents does, code in public integrations shows it, or nobody says it and the sandbox decided.
 */
export type Certainty = 'documented' | 'older edition' | 'seen in integrations' | 'assumed';

/** One behaviour of the sandbox, in words. */
export interface CertaintyRow {
  what: string;
  certainty: Certainty;
}
