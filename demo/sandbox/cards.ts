import { SCENARIOS, type SandboxCard, type Scenario } from './scenarios.js';

function cardsOf(belongs: (row: Scenario) => boolean): SandboxCard[] {
  return [...new Set(SCENARIOS.filter(belongs).map((row) => row.card))];
}

/** What the Google Pay stand-in offers. */
export const GOOGLE_PAY_CARDS = cardsOf((row) => row.method === 'google-pay');

/** A card as the stand-in's sheet shows it, and what Google tells of it. Visa is credit and Mastercard debit: invented. */
export function sheetCard({ id, label, network, authMethod, pan, behaviour }: SandboxCard) {
  return {
    id,
    label,
    network,
    authMethod,
    last4: pan.slice(-4),
    fundingSource: network === 'VISA' ? 'CREDIT' : 'DEBIT',
    group: sheetGroup(behaviour),
  };
}

function sheetGroup({ kind }: SandboxCard['behaviour']): 'direct' | 'threeds' | 'trouble' {
  if (kind === 'threeds') return 'threeds';
  return kind === 'approve' || kind === 'decline' ? 'direct' : 'trouble';
}

/** What GlobalPay's card page knows. */
export const GLOBALPAY_CARDS = cardsOf((row) => row.provider === 'globalpay');

/** What ProcardPay's card page knows: the cards whose behaviour makes sense where the shopper types the number. */
export const PROCARD_PAGE_CARDS = cardsOf(
  (row) => row.provider === 'procard' && !['reject', 'answer_lost'].includes(row.card.behaviour.kind),
);

/** Whether the provider calls back about a payment with this card. */
export function hasCallback(card: SandboxCard): boolean {
  return SCENARIOS.some((row) => row.card === card && row.callback === 'after the answer');
}

/** Blanks are how people type card numbers. */
export function cardByNumber(cards: readonly SandboxCard[], number: string): SandboxCard | undefined {
  const digits = number.replaceAll(' ', '');
  return cards.find((card) => card.pan === digits);
}

export const NETWORK_NAMES: Record<SandboxCard['network'], string> = {
  VISA: 'Visa',
  MASTERCARD: 'MasterCard',
  UZCARD: 'Uzcard',
  HUMO: 'Humo',
};

/** `400000******1000`: the first six digits and the last four. */
export function maskedPan(card: SandboxCard): string {
  return `${card.pan.slice(0, 6)}******${card.pan.slice(-4)}`;
}
