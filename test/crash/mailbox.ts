import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import type { MerchantEvent } from '../../server-stub/payments/merchant-event.js';

/** No secret. */
export const WEBHOOK_SECRET = `whsec_${Buffer.alloc(32, 'crash').toString('base64')}`;

/** The merchant's own system: it takes what is signed, and remembers everything that has come. */
export interface Mailbox {
  readonly url: string;
  /** In the order of arrival, with every repetition. */
  readonly notices: readonly MerchantEvent[];
  close(): Promise<void>;
}

export async function openMailbox(): Promise<Mailbox> {
  const notices: MerchantEvent[] = [];
  const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    void text(request).then((body) => {
      const headers = request.headers as Record<string, string>;
      notices.push(new Webhook(WEBHOOK_SECRET).verify(body, headers) as MerchantEvent);
      response.writeHead(204).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    notices,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
