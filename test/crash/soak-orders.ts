import { writeFile } from 'node:fs/promises';
import type { Money } from '../../src/contract/index.js';
import type { Chance } from '../simulation/chance.js';

/** What the shop sells during a run: every order once, and nearly every one at a price of its own. */
export class Orders {
  readonly #prices = new Map<string, Money>();
  readonly #unsold: string[] = [];

  constructor(chance: Chance, count: number) {
    for (let number = 1; number <= count; number++) {
      const id = `S-${String(number).padStart(5, '0')}`;
      const inUkraine = chance.happens(0.65);
      this.#prices.set(
        id,
        inUkraine
          ? { minor: chance.int(100, 9_999_999), currency: 'UAH' }
          : { minor: chance.int(1_000, 999_999) * 100, currency: 'UZS' },
      );
      this.#unsold.push(id);
    }
  }

  /** For ORDERS_FILE. */
  async write(path: string): Promise<void> {
    const entries = [...this.#prices].map(([id, { minor, currency }]) => ({
      ...{ id, minor, currency, description: `Order ${id}` },
      country: currency === 'UAH' ? 'UA' : 'UZ',
    }));
    await writeFile(path, JSON.stringify(entries));
  }

  /** An order that nobody has seen yet; `undefined`: everything is sold. */
  next(): string | undefined {
    return this.#unsold.shift();
  }

  priceOf(id: string): Money | undefined {
    return this.#prices.get(id);
  }
}
