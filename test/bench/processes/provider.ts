import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/**
 * A ProcardPay that answers at once, to see what is not the provider's time. A purchase is approved where its
 * description is `paid`, and sent to the bank where it is `challenged`; otherwise it stays open. Asked for a status,
 * it says NEW, and APPROVED from the question `approve` on. Every question is answered with Asked.
 */

/** Each payment's name at the provider, with the instants at which its status was asked for. */
export type Asked = Record<string, number[]>;

const asked = new Map<string, number[]>();
let checked = 'NEW';

const server = createServer((request, response) => {
  void text(request).then((body) => {
    const answer = request.url === '/api/check' ? status(field(body, 'order_id')) : purchase(body);
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(answer));
  });
});

function purchase(body: string): object {
  asked.set(field(body, 'order_id'), []);
  switch (field(body, 'description')) {
    case 'paid':
      return { transactionStatus: 'APPROVED', reasonCode: 0 };
    case 'challenged':
      return {
        status: '3ds',
        code: '2001',
        transaction_key: field(body, 'order_id'),
        d3AcsUrl: 'https://acs.bank.example/pareq',
        d3Pareq: 'eJxVUttygjAQ',
        d3Md: 'b7f0c1a2',
      };
    default:
      return { transactionStatus: 'NEW' };
  }
}

function status(reference: string): object {
  asked.get(reference)?.push(Date.now());
  return { transactionStatus: checked, reasonCode: 1 };
}

/** A field of a form, `multipart/form-data`. */
function field(body: string, name: string): string {
  return new RegExp(`name="${name}"\r\n\r\n(.*)\r\n`).exec(body)?.[1] ?? '';
}

process.on('message', (question) => {
  if (question === 'approve') checked = 'APPROVED';
  const answer: Asked = Object.fromEntries(asked);
  process.send?.(answer);
});
process.on('disconnect', () => process.exit());
server.listen(0, '127.0.0.1');
await once(server, 'listening');
process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`);
