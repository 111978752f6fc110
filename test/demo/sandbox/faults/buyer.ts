import { CREDENTIALS } from '../../../../demo/sandbox/settings.js';
import { PURCHASE, signed, type Answer, type Fields, type Merchant } from '../merchant.js';

export const merchant_id = CREDENTIALS.procardMerchantId;

/** Orders a fault, or a plan of faults. */
export function order(merchant: Merchant, fault: object): Promise<Response> {
  return fetch(`${merchant.sandbox.url}/control/faults`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(fault),
  });
}

/** Everything that GooglePayPurchase needs, over 10.00 UAH. */
export async function purchaseFields(
  merchant: Merchant,
  orderId: string,
  card = 'visa-approved',
): Promise<Fields> {
  return {
    operation: 'GooglePayPurchase',
    merchant_id,
    amount: '10.00',
    order_id: orderId,
    currency_iso: 'UAH',
    description: 'Cup',
    callback_url: merchant.callbackUrl,
    gpApiVersionMinor: '0',
    gpApiVersion: '2',
    gpPMDescription: 'x',
    gpPMType: 'CARD',
    gpPMICardNetwork: 'VISA',
    gpPMICardDetails: '1000',
    gpTokenType: 'PAYMENT_GATEWAY',
    gpToken: await merchant.token(card),
  };
}

export function purchase(merchant: Merchant, fields: Fields, signal?: AbortSignal): Promise<Response> {
  const body = new URLSearchParams(signed(fields, PURCHASE));
  return fetch(`${merchant.sandbox.url}/procard/api/`, { method: 'POST', body, ...(signal && { signal }) });
}

/** How many charges the ledger holds. */
export async function captures(merchant: Merchant): Promise<number> {
  const { captures } = (await merchant.control('ledger')) as { captures: unknown[] };
  return captures.length;
}

/** The faults that the journal names, oldest first. */
export async function suffered(merchant: Merchant): Promise<(string | undefined)[]> {
  const journal = (await merchant.control('journal')) as { from: string; fault?: string }[];
  return journal.filter(({ from }) => from === 'server').map(({ fault }) => fault);
}

export async function bodyOf(response: Response): Promise<Answer> {
  return (await response.json()) as Answer;
}
