/** The store cannot be reached or cannot write. What it was asked to do has to count as not done. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
}
