import type { World } from '../world.js';
import type { PaymentToken, Receipt } from './tokens.js';

/**
 * Answer of the status query, and body of the callback: the same structure (GlobalPay Checkout, workflow page). Names
 * beside `status`, `error`, `gnkDetail` and `qrCodeUrl` are assumed from the sister product.
 */
export function statusBody(token: PaymentToken, { now, origin }: World) {
  const step = token.delay && now() < token.delay.until ? undefined : token.step;
  const payment = {
    id: token.id,
    externalId: token.echo.externalId,
    account: token.echo.account,
    amount: token.amountMinor,
    currency: token.currency,
  };
  switch (step?.kind) {
    case 'approved': {
      const { receipt } = step;
      const shown = receipt && now() >= receipt.shownFrom;
      return {
        ...payment,
        status: 'APPROVED',
        error: null,
        gnkDetail: shown ? fiscal(receipt, origin) : null,
      };
    }
    case 'failed':
      return { ...payment, status: 'FAILED', error: step.error, gnkDetail: null };
    default:
      return { ...payment, status: token.delay?.status ?? 'INIT', error: null, gnkDetail: null };
  }
}

/** What anybody who knows a token could send: that the payment ended the other way. */
export function forgedBody(token: PaymentToken, world: World) {
  const approved = token.step.kind === 'approved';
  return {
    ...statusBody(token, world),
    status: approved ? 'FAILED' : 'APPROVED',
    error: approved ? 'INSUFFICIENT_FUNDS' : null,
    gnkDetail: null,
  };
}

function fiscal(receipt: Receipt, origin: string) {
  const { id, receiptId, terminalId, fiscalSign } = receipt;
  return {
    receiptId,
    terminalId,
    fiscalSign,
    success: true,
    message: '',
    qrCodeUrl: `${origin}/globalpay/receipt/${id}`,
  };
}
