import { toDecimal, toMinor, type Money } from '../../../src/contract/index.js';

/** ProcardPay's text says `1.00`, public integrations send `1`; the server signs the text it receives. */
export type AmountFormat = 'fixed2' | 'trimmed';

/** The amount as it is sent and signed: ASCII digits and a point, in any locale. */
export function amountText(money: Money, format: AmountFormat): string {
  const fixed2 = toDecimal(money);
  return format === 'fixed2' ? fixed2 : fixed2.replace(/\.?0+$/, '');
}

/** The texts over which a callback with this amount may be signed: as received, trimmed, with two decimals. */
export function amountCandidates(received: string): string[] {
  const minor = toMinor(received);
  if (minor === undefined) return [];
  const money: Money = { minor, currency: 'UAH' };
  return [received, amountText(money, 'trimmed'), amountText(money, 'fixed2')];
}
