import { createHash, createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Agent, FormData, request } from 'undici';
import { embeddedTable, postgresTable } from './by-hand-table.js';
import { orderOf } from './orders.js';

/**
 * The work of creating a payment, and nothing else, on bare `node:http`: the request's key is looked up, the payment
 * is written durably, the provider is called on a connection of its own, its answer is written durably and given.
 */

const {
  PROCARD_API_URL: api = '',
  PROCARD_MERCHANT_ID: merchant = '',
  PROCARD_SECRET_KEY: secret = '',
} = process.env;
const table = process.env['DATABASE_URL']
  ? await postgresTable(process.env['DATABASE_URL'])
  : embeddedTable(process.env['DATA_DIR'] ?? '');
const dispatcher = new Agent({ pipelining: 0 });
const token = () => randomBytes(16).toString('base64url');

interface Body {
  orderId: string;
  expected: { minor: number; currency: string };
  returnUrl: string;
  method: {
    paymentData: {
      apiVersion: number;
      apiVersionMinor: number;
      paymentMethodData: {
        type: string;
        description: string;
        info: { cardNetwork: string; cardDetails: string };
        tokenizationData: { type: string; token: string };
      };
    };
  };
}

const server = createServer((message, response) => {
  void create(message).then(({ status, json }) =>
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(json),
  );
});

async function create(message: IncomingMessage): Promise<{ status: number; json: string }> {
  const json = await text(message);
  const body = JSON.parse(json) as Body;
  const key = String(message.headers['idempotency-key']);
  const hash = createHash('sha256').update(json).digest('hex');

  const earlier = await table.find(key);
  if (earlier) return earlier.hash === hash ? { status: 201, json: earlier.answer } : refusal(422);
  const { description, money } = orderOf(body.orderId);
  if (money.minor !== body.expected.minor || money.currency !== body.expected.currency) return refusal(409);

  const id = token();
  const reference = token();
  const written = await table.insert({
    id,
    order: body.orderId,
    key,
    hash,
    reference,
    ...money,
    at: Date.now(),
  });
  if (!written) return refusal(409);
  const approved = await purchase(body, { reference, amount: (money.minor / 100).toFixed(2), description });
  const status = approved ? 'approved' : 'processing';
  const view = {
    id,
    orderId: body.orderId,
    money,
    status,
    method: 'google-pay',
    action: null,
    decline: null,
  };
  const answer = JSON.stringify({ ...view, receiptUrl: null, late: false, version: 2 });
  await table.update(id, status, answer);
  return { status: 201, json: answer };
}

async function purchase(
  { method }: Body,
  order: { reference: string; amount: string; description: string },
): Promise<boolean> {
  const { apiVersion, apiVersionMinor, paymentMethodData: card } = method.paymentData;
  const signed = [merchant, order.reference, order.amount, 'UAH', order.description].join(';');
  const form = new FormData();
  const fields = {
    operation: 'GooglePayPurchase',
    merchant_id: merchant,
    amount: order.amount,
    order_id: order.reference,
    currency_iso: 'UAH',
    description: order.description,
    gpApiVersionMinor: apiVersionMinor,
    gpApiVersion: apiVersion,
    gpPMDescription: card.description,
    gpPMType: card.type,
    gpPMICardNetwork: card.info.cardNetwork,
    gpPMICardDetails: card.info.cardDetails,
    gpTokenType: card.tokenizationData.type,
    gpToken: card.tokenizationData.token,
    signature: createHmac('sha512', secret).update(signed).digest('hex'),
  };
  for (const [name, value] of Object.entries(fields)) form.append(name, String(value));
  const answer = await request(api, {
    method: 'POST',
    body: form,
    dispatcher,
    signal: AbortSignal.timeout(30_000),
  });
  const reply = (await answer.body.json()) as { transactionStatus?: string; reasonCode?: number };
  return reply.transactionStatus === 'APPROVED' && reply.reasonCode === 0;
}

function refusal(status: number): { status: number; json: string } {
  return { status, json: '{}' };
}

process.on('disconnect', () => process.exit());
server.listen(0);
await once(server, 'listening');
process.send?.(`http://localhost:${(server.address() as AddressInfo).port}`);
