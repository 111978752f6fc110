import type { NextAction, PaymentView } from '../../src/contract/index.js';
import type { PaymentRecord } from '../store/payment-store.js';
import { frameUrl, threedsReturnUrl, type Site } from './site.js';

/** What the shopper's page may know of a payment. */
export function toView(record: PaymentRecord, site: Site): PaymentView {
  const { id, orderId, money, status, method, decline, receiptUrl, late, version } = record;
  const action = status === 'requires_action' ? toNextAction(record.action, site) : null;
  return { id, orderId, money, status, method, action, decline, receiptUrl, late, version };
}

function toNextAction(action: PaymentRecord['action'], site: Site): NextAction | null {
  if (action?.type !== 'threeds') return action;
  const { token, challenge } = action;
  return {
    type: 'threeds',
    id: token,
    version: challenge.version,
    frameUrl: frameUrl(site, token),
    acsUrl: challenge.acsUrl,
    fields:
      challenge.version === 1
        ? { PaReq: challenge.PaReq, MD: challenge.MD, TermUrl: threedsReturnUrl(site, token) }
        : { creq: challenge.creq },
    windowSize: challenge.windowSize,
  };
}
