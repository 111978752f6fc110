/** An attempt to pay: its Idempotency-Key, and the payment it became once the server has said so. */
export interface Attempt {
  readonly key: string;
  readonly payment?: string;
}

/**
 * Remembers the attempt under way through a reload of the page, in this tab only. Where the browser grants no storage
 * (sandboxed frames, blocked cookies, nothing left) nothing survives a reload, and the rest works.
 */
export class AttemptMemory {
  readonly #name: string;

  constructor(endpoint: string, orderId: string) {
    this.#name = `pay-elements:${new URL(endpoint, document.baseURI).href}:${orderId}`;
  }

  read(): Attempt | undefined {
    const [key, payment] = inStorage((storage) => storage.getItem(this.#name))?.split(' ') ?? [];
    if (!key) return undefined;
    return payment ? { key, payment } : { key };
  }

  write({ key, payment = '' }: Attempt): void {
    inStorage((storage) => storage.setItem(this.#name, `${key} ${payment}`));
  }

  forget(): void {
    inStorage((storage) => storage.removeItem(this.#name));
  }
}

/** 128 random bits. Not `crypto.randomUUID`, which plain-http pages do not have. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function inStorage<T>(use: (storage: Storage) => T): T | undefined {
  try {
    return use(sessionStorage);
  } catch {
    return undefined; // the browser refuses by throwing
  }
}
