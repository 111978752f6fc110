import { GLOBALPAY_CARDS, GLOBALPAY_SCENARIOS } from './scenarios/globalpay.js';
import { PROCARD_CARDS, PROCARD_SCENARIOS } from './scenarios/procard.js';
import type { Scenario } from './scenarios/scenario.js';
import { THREEDS_CARDS, THREEDS_SCENARIOS } from './scenarios/threeds.js';

export { RIGHT_CODE } from './scenarios/scenario.js';
export type {
  CardBehaviour,
  Ending,
  FinalStatus,
  SandboxCard,
  Scenario,
  ShopperStep,
} from './scenarios/scenario.js';

export const CARDS = { ...PROCARD_CARDS, ...THREEDS_CARDS, ...GLOBALPAY_CARDS };

/**
 * What each card of the sandbox leads to, in one table. The Google Pay stand-in and the card pages list its cards, the
 * demo shows its rows, and the journey tests run through them. What goes wrong on the way is in `faults/`; there are
 * no rules beside these two.
 */
export const SCENARIOS: readonly Scenario[] = [
  ...PROCARD_SCENARIOS,
  ...THREEDS_SCENARIOS,
  ...GLOBALPAY_SCENARIOS,
];
