import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { Decision } from '../faults/fault.js';
import type { NodeContext } from '../faults/suffer.js';
import { tokenName } from '../google-pay/token.js';
import type { Check } from '../journal.js';
import { afterAnswer, exchange } from '../world.js';
import { isSystemError } from './dictionaries.js';
import { readBody, type BodyReading, type Fields } from './form-body.js';
import type { ProcardGateway } from './gateway.js';
import { perform, refuse, type Answer, type ProcardDesk } from './operations.js';
import { judge, type Rule } from './rules.js';
import { isSigned, SIGNED_FIELDS, textOf, type Operation } from './signature.js';

const BASE_OPERATIONS = ['GooglePayPurchase', 'Purchase', 'Complete3DS'] as const;

/**
 * ProcardPay's API: POST to the base with `operation`, to `/check` and to `/reverse`. Everything is answered with HTTP
 * 200 (assumed for errors), but for a Purchase that sends the browser on.
 */
export function procardApi(desk: ProcardDesk): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.post('/', (c) => serve(desk, c));
  app.post('/check', (c) => serve(desk, c, 'check'));
  app.post('/reverse', (c) => serve(desk, c, 'reverse'));
  return app;
}

async function serve(desk: ProcardDesk, c: NodeContext, path?: 'check' | 'reverse'): Promise<Response> {
  const reading = readBody(c.req.header('Content-Type') ?? '', Buffer.from(await c.req.arrayBuffer()));
  const { fields, parts } = reading.kind === 'fields' ? reading : { fields: {}, parts: [] };
  const operation = path ?? BASE_OPERATIONS.find((name) => name === textOf(fields, 'operation'));
  const sent = reading.kind === 'fields' ? fields : reading;
  let checks: Check[] = [];
  const describe = () => ({ about: namesOf(desk.gateway, fields), checks });
  // A merchant's form may send the browser itself, where `redirect` is 1.
  const from = c.req.header('Sec-Fetch-Mode') === 'navigate' ? 'page' : 'server';
  return exchange(
    desk.world,
    c,
    { provider: 'procard', operation, from, sent, parts, describe },
    async (decision) => {
      const answer = answerTo(desk, operation, reading, decision);
      checks = answer.checks;
      const { changed } = answer;
      if (changed) await desk.gateway.callBack(changed, (send) => afterAnswer(c, send));
      switch (answer.kind) {
        case 'json':
          return c.json(answer.body);
        case 'page':
          return c.redirect(answer.url, 303);
        case 'lost':
          return 'lost';
      }
    },
  );
}

/** What a request shares with other messages of its payment. */
function namesOf(gateway: ProcardGateway, fields: Fields): string[] {
  const payment =
    gateway.byOrder(textOf(fields, 'order_id')) ??
    gateway.byTransactionKey(textOf(fields, 'transaction_key'));
  const token = textOf(fields, 'gpToken');
  return [...(payment ? gateway.namesOf(payment) : []), ...(token ? [tokenName(token)] : [])];
}

/** A rejection that was ordered comes where real ones of its kind do: once the merchant is known by its signature. */
function answerTo(
  desk: ProcardDesk,
  operation: Operation | undefined,
  reading: BodyReading,
  decision: Decision | undefined,
): Answer {
  const fields = reading.kind === 'fields' ? reading.fields : {};
  const { checks, broken } = judge(callerRules(desk, operation, reading, fields));
  if (broken || !operation) return refuse(broken ?? -11, checks, operation);
  if (decision?.fault === 'reject') {
    const code = isSystemError(decision.code) ? decision.code : -1;
    return refuse(code, checks, operation);
  }
  const answer = perform(desk, operation, fields, decision);
  return { ...answer, checks: [...checks, ...answer.checks] };
}

/** What every operation needs, in this order (assumed). */
function callerRules(
  { world }: ProcardDesk,
  operation: Operation | undefined,
  reading: BodyReading,
  fields: Fields,
): Rule[] {
  const { procardMerchantId, procardSecret } = world.credentials;
  const merchantId = textOf(fields, 'merchant_id');
  const isReadable = reading.kind === 'fields';
  return [
    [-2, isReadable ? 'the body is readable' : `the body is readable: ${reading.why}`, isReadable],
    [-2, 'merchant_id is there', merchantId !== ''],
    [-3, 'merchant_id is known', merchantId === procardMerchantId],
    [-11, `operation is one of ${BASE_OPERATIONS.join(', ')}`, operation !== undefined],
    ...(operation ? [signatureRule(operation, fields, procardSecret)] : []),
  ];
}

function signatureRule(operation: Operation, fields: Fields, secret: string): Rule {
  const what = `signature: HMAC-SHA512 over ${SIGNED_FIELDS[operation].join(';')}`;
  return [-4, what, isSigned(operation, fields, secret)];
}
