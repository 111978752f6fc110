import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { freePort } from '../../support/free-port.mjs';

/** One request as it arrived. */
export interface Received {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** Answers a request. A text is sent as JSON with status 200. */
export type Answer = (received: Received, response: ServerResponse) => string | void | Promise<string | void>;

/** A server and what it received. `stop`: from now on, connections are refused. */
export interface Wire {
  url: string;
  received: Received[];
  stop: () => void;
}

/** A bare HTTP server on a free port of 127.0.0.1, closed with the test. */
export async function startWire(t: TestContext, answer: Answer): Promise<Wire> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const one = { method, path, headers, body: Buffer.concat(chunks) };
      received.push(one);
      void Promise.resolve(answer(one, response)).then((json) => {
        if (json !== undefined) response.setHeader('content-type', 'application/json').end(json);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, received, stop: () => server.close() };
}

/** An address on which nobody listens. */
export async function deadAddress(): Promise<string> {
  return `http://127.0.0.1:${await freePort()}`;
}
