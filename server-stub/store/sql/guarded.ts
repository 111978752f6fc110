import { StoreUnavailableError } from '../../store-unavailable-error.js';

/** Around statements alone, so that only the database can fail inside: rows are built before and read after. */
export async function guarded<T>(statements: Promise<T>): Promise<T> {
  try {
    return await statements;
  } catch (cause) {
    throw new StoreUnavailableError('the database failed', { cause });
  }
}
