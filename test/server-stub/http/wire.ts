import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A client that knows nothing of HTTP: it sends what the test writes, and keeps what comes back. */
export interface Wire {
  readonly socket: Socket;
  /** Everything that has come so far. */
  heard(): string;
  /** Resolves when the text has come. */
  hears(text: string): Promise<void>;
  /** Resolves to everything that has come, when the other side has closed. */
  closed(): Promise<string>;
}

export async function openWire(port: number, bytes = ''): Promise<Wire> {
  const socket = connect(port, '127.0.0.1');
  let heard = '';
  socket.on('data', (chunk) => (heard += chunk.toString('latin1')));
  socket.on('error', () => undefined); // Cut off while there was still something to send.
  const closed = new Promise<string>((resolve) => socket.once('close', () => resolve(heard)));
  await once(socket, 'connect');
  socket.write(bytes);
  return {
    socket,
    heard: () => heard,
    closed: () => closed,
    async hears(text) {
      while (!heard.includes(text)) await once(socket, 'data');
    },
  };
}

export const request = (line: string, headers: Record<string, string> = {}, body = ''): string =>
  [
    `${line} HTTP/1.1`,
    ...Object.entries({ Host: 'localhost', ...headers }).map(([name, value]) => `${name}: ${value}`),
    '',
    body,
  ].join('\r\n');
