import type { Way } from './buyer.js';
import type { Disaster } from './wire.js';

/** Where a server dies. */
export interface Point {
  id: string;
  /** The payment that it is dealing with. */
  way: Way;
  /** Between it and the provider. Left out: around its store, see store-points.ts. */
  wire?: Pick<Disaster, 'operation' | 'nth' | 'passed'>;
  /** Ordered of the sandbox beforehand, so that the server comes to the point. */
  fault?: object;
  /** How the payment ends where the request, which the provider would have executed, never reaches it. */
  unsent?: 'failed' | 'declined';
}

const purchase = (passed: Disaster['passed']) =>
  ({ operation: 'GooglePayPurchase', nth: 1, passed }) as const;
const completion = (passed: Disaster['passed']) => ({ operation: 'Complete3DS', nth: 1, passed }) as const;

const NO_CALLBACK = { operation: 'globalpay_callback', fault: 'callback_lost' };
/** The access token that the payment was begun with is no longer good. */
const TOKEN_REFUSED = { operation: 'status', fault: 'reject', code: 401 };

export const POINTS: readonly Point[] = [
  // Nothing is left of the first request, so the shopper's second one pays.
  { id: 'K1', way: 'Google Pay' },
  { id: 'K2', way: 'Google Pay', unsent: 'failed' },
  { id: 'K3', way: 'Google Pay', wire: purchase('nothing'), unsent: 'failed' },
  { id: 'K4', way: 'Google Pay', wire: purchase('half the request'), unsent: 'failed' },
  { id: 'K5', way: 'Google Pay', wire: purchase('the request') },
  { id: 'K6', way: 'Google Pay', wire: purchase('half the answer') },
  { id: 'K7', way: 'Google Pay' },
  { id: 'K8', way: 'Google Pay' },
  { id: 'K9', way: 'Google Pay' },
  { id: 'K10', way: 'GlobalPay’s page' },
  { id: 'K11', way: 'GlobalPay’s page' },
  {
    id: 'K12',
    way: 'GlobalPay’s page',
    wire: { operation: 'status', nth: 1, passed: 'the request' },
    fault: NO_CALLBACK,
  },
  { id: 'K12 commit', way: 'GlobalPay’s page', fault: NO_CALLBACK },
  { id: 'K13', way: 'Google Pay' },
  { id: 'K13 told', way: 'Google Pay' },
  // ProcardPay waits a quarter of an hour for what the bank said.
  { id: 'K14 K2', way: '3-D Secure', unsent: 'declined' },
  { id: 'K14 K3', way: '3-D Secure', wire: completion('nothing'), unsent: 'declined' },
  { id: 'K14 K4', way: '3-D Secure', wire: completion('half the request'), unsent: 'declined' },
  { id: 'K14 K5', way: '3-D Secure', wire: completion('the request') },
  { id: 'K14 K6', way: '3-D Secure', wire: completion('half the answer') },
  { id: 'K14 K7', way: '3-D Secure' },
  { id: 'K14 K8', way: '3-D Secure' },
  { id: 'K14 K9', way: '3-D Secure' },
  {
    id: 'K15',
    way: 'GlobalPay’s page',
    wire: { operation: 'auth', nth: 1, passed: 'half the answer' },
    unsent: 'failed',
  },
  {
    id: 'K15 renewal',
    way: 'GlobalPay’s page',
    wire: { operation: 'auth', nth: 2, passed: 'half the answer' },
    fault: TOKEN_REFUSED,
  },
];

/** What the provider does with the payment, and when it says so. */
export const BEHAVIOURS = ['captured', 'not captured', 'captured, shown later'] as const;
export type Behaviour = (typeof BEHAVIOURS)[number];

/** The faults that make the sandbox behave so. */
export function faultsFor(behaviour: Behaviour, way: Way): object[] {
  if (behaviour === 'captured') return [];
  const isGlobalPay = way === 'GlobalPay’s page';
  if (behaviour === 'not captured') {
    const operation = {
      'Google Pay': 'GooglePayPurchase',
      '3-D Secure': 'Complete3DS',
      'GlobalPay’s page': 'create',
    }[way];
    return [{ operation, fault: 'decline', reason: isGlobalPay ? 'INSUFFICIENT_FUNDS' : 76 }];
  }
  return isGlobalPay
    ? [{ operation: 'create', fault: 'pending', status: 'VALIDATE', seconds: 60 }]
    : // The order is not found, the first four times: for a minute, by the schedule.
      [{ operation: 'check', fault: 'reject', code: -10, times: 4 }];
}
