import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { PaymentService } from '../../../server-stub/payments/payment-service.js';
import { systemPorts } from '../../../server-stub/payments/ports.js';
import type { Provider } from '../../../server-stub/providers/provider.js';
import { openEmbedded } from '../../../server-stub/store/embedded.js';
import { SqlStore } from '../../../server-stub/store/sql-store.js';
import { bodyOf } from '../shopper.js';
import { orderOf } from './orders.js';

/**
 * The payment core with a provider that sends every shopper to its page and then approves. Asked for a number of
 * payments, it makes them and answers with its Memory.
 */

export interface Memory {
  /** Bytes, after a collection. */
  heap: number;
  rss: number;
}

const SITE = { publicUrl: 'https://pay.example', allowedOrigins: [] };

const provider: Provider = {
  name: 'instant',
  currency: 'UAH',
  callbackReply: { accepted: 'OK', refused: 'ERROR' },
  methods: () => [{ type: 'hosted-page' }],
  assertRepresentable: () => undefined,
  begin: async () => ({ kind: 'redirect', url: 'https://page.example/' }),
  complete: async () => ({ kind: 'approved' }),
  query: async () => ({ kind: 'approved' }),
  readCallback: () => ({ kind: 'ignored', why: 'nobody calls' }),
};

const db = await openEmbedded(process.env['DATA_DIR'] ?? '');
// It is memory that is looked at here, and not the disk.
await sql`pragma synchronous = off`.execute(db);
const quiet = () => undefined;
const service = new PaymentService({
  store: new SqlStore(db),
  orders: { find: async (id) => orderOf(id) },
  providers: [provider],
  ports: systemPorts,
  site: SITE,
  tellsMerchant: true,
  log: { info: quiet, warn: quiet, error: quiet },
});

let made = 0;
async function pay(): Promise<void> {
  made += 1;
  const client = { ip: '203.0.113.7', userAgent: 'Browser/1', accept: '*/*' };
  const body = {
    ...bodyOf(orderOf(`paid-${made}`), SITE.publicUrl),
    method: { type: 'hosted-page' },
  } as const;
  const { id } = await service.create({ key: systemPorts.token(), body, client });
  const waiting = service.wait(id, { seconds: 25, signal: new AbortController().signal });
  await service.check(id);
  const { status } = await waiting;
  if (status !== 'approved') throw new Error(`a payment has become ${status}`);
}

process.on('message', (wanted) => {
  void (async () => {
    const end = made + Number(wanted);
    while (made < end) {
      await pay();
      // As between two requests: the embedded store itself never lets a timer run.
      await setImmediate();
    }
    // Longer than a payment keeps others from asking about it.
    await sleep(1_200);
    globalThis.gc?.();
    const { heapUsed, rss } = process.memoryUsage();
    const memory: Memory = { heap: heapUsed, rss };
    process.send?.(memory);
  })();
});
process.on('disconnect', () => void service.stop().then(() => process.exit()));
process.send?.('');
