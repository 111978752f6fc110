import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The one address of all servers. Requests go to those that are up, in turn; one that dies takes its requests with it. */
export interface Front {
  readonly url: string;
  /** The servers that are up. */
  readonly backends: Set<string>;
  close(): Promise<void>;
}

export async function openFront(): Promise<Front> {
  const backends = new Set<string>();
  let turn = 0;
  const server = createServer((incoming, outgoing) => {
    const up = [...backends];
    const backend = up[turn++ % up.length];
    if (backend) forward(backend, incoming, outgoing);
    else incoming.socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    backends,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function forward(backend: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method, url, headers } = incoming;
  const lost = () => incoming.socket.destroy();
  const onward = request(new URL(url ?? '/', backend), { ...(method && { method }), headers, agent: false });
  onward.on('error', lost);
  onward.on('response', (response) => {
    outgoing.writeHead(response.statusCode ?? 502, response.headers);
    response.on('error', lost);
    response.pipe(outgoing);
  });
  // A shopper who goes away is seen to go away.
  outgoing.on('close', () => onward.destroy());
  incoming.pipe(onward);
}
