import { NETWORK_NAMES } from './cards.js';
import { SCENARIOS } from './scenarios.js';

/** What the sandbox is not. Said in the terminal, on its index page and in the README. */
export const NOT_IMITATED = [
  'Money, cards, banks and tax receipts: everything is invented, and forgotten when the sandbox stops.',
  'Sealing of Google Pay tokens: a token has the documented shape, but its message is a random handle. A token from elsewhere is accepted unread and approved.',
  'The look of Google Pay, its logo, its saved cards, addresses and shipping options, environment PRODUCTION.',
  "Google Pay on ProcardPay's own page, pre-authorisation, recurring and split payments, partial reversals.",
  'The 3DS method, frictionless and decoupled authentication, banks that leave the frame.',
  "Time-outs, limits, anti-fraud checks and exact error texts of the real providers; codes of GlobalPay's errors.",
] as const;

/** Every card of the scenario table with what happens to it: provider, network, number, label. */
export function cardRows(): string[][] {
  const seen = new Set<string>();
  return SCENARIOS.flatMap(({ provider, card }) => {
    const key = `${provider} ${card.id}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [
      [
        provider === 'procard' ? 'ProcardPay' : 'GlobalPay',
        NETWORK_NAMES[card.network],
        card.pan,
        card.label,
      ],
    ];
  });
}
