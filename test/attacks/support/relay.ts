import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { freePort } from '../../support/free-port.mjs';

/** One connection of the server to a provider, with the whole request on it. */
export interface Line {
  socket: Socket;
  /** Head and body. */
  request: Buffer;
  /** Has the sandbox execute the request; resolves to every byte of its answer. */
  execute: () => Promise<Buffer>;
}

/** What becomes of a connection. */
export type Fate = (line: Line) => unknown;

/** Names a kind of request: a text that only such a request holds. */
export const CALL = {
  purchase: 'GooglePayPurchase',
  hosted: '\r\n\r\nPurchase\r\n',
  complete: 'Complete3DS',
  check: 'POST /procard/api/check ',
  auth: '/v1/merchant/auth',
  create: '/v1/user-service-tokens ',
  status: '/v1/payment/servicetoken/',
} as const;
export type Call = keyof typeof CALL;

/**
 * Bare TCP between the server and the sandbox: it passes every byte on, until a test takes a connection into its own
 * hands. What it executes is in the sandbox's ledger, whatever the server gets to see of the answer.
 */
export class Relay {
  /** Requests that came, each as its text. */
  readonly requests: string[] = [];
  /** Answers of the sandbox, each as its text. */
  readonly answers: string[] = [];
  readonly #fates: { call: Call; fate: Fate }[] = [];
  readonly #server = createServer((socket) => void this.#serve(socket));
  #port = 0;
  #sandboxPort = 0;

  /** Listens on a port of 127.0.0.1 that nobody takes while it refuses; resolves to its address. */
  async listen(): Promise<string> {
    this.#port = await freePort();
    await this.resume();
    return `http://127.0.0.1:${this.#port}`;
  }

  /** From now on, connections are refused. */
  refuse(): void {
    this.#server.close();
  }

  async resume(): Promise<void> {
    if (this.#server.listening) return;
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  /** Where requests are executed. */
  leadTo(sandbox: string): void {
    this.#sandboxPort = Number(new URL(sandbox).port);
  }

  /** Takes the next connection with such a request; for every further one, order once more. */
  spoil(call: Call, fate: Fate): void {
    this.#fates.push({ call, fate });
  }

  /** How often such a request has come; with `name`, such a request that holds it. */
  sent(call: Call, name = ''): number {
    return this.requests.filter((text) => text.includes(CALL[call]) && text.includes(name)).length;
  }

  /** Fates that nobody has met. */
  get left(): readonly Call[] {
    return this.#fates.map(({ call }) => call);
  }

  forget(): void {
    this.#fates.length = 0;
    this.requests.length = 0;
  }

  async #serve(socket: Socket): Promise<void> {
    socket.on('error', () => undefined); // Cut by whoever tires first, which is what these tests are about.
    const request = await wholeRequest(socket);
    const text = request.toString('latin1');
    this.requests.push(text);
    const index = this.#fates.findIndex(({ call }) => text.includes(CALL[call]));
    const fate = this.#fates.splice(index, index < 0 ? 0 : 1)[0]?.fate ?? passOn;
    await fate({ socket, request, execute: () => this.#execute(request) });
  }

  async #execute(request: Buffer): Promise<Buffer> {
    const upstream = connect(this.#sandboxPort, '127.0.0.1');
    upstream.write(request);
    const chunks: Buffer[] = [];
    for await (const chunk of upstream) chunks.push(chunk as Buffer);
    const answer = Buffer.concat(chunks);
    this.answers.push(answer.toString());
    return answer;
  }
}

async function passOn({ socket, execute }: Line): Promise<void> {
  socket.end(await execute());
}

/** Reads until the length that the head announces, or the last chunk. */
function wholeRequest(socket: Socket): Promise<Buffer> {
  let bytes = Buffer.alloc(0);
  return new Promise((resolve) => {
    socket.on('data', (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
      if (isWhole(bytes)) resolve(bytes);
    });
  });
}

function isWhole(bytes: Buffer): boolean {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const head = bytes.subarray(0, end).toString('latin1');
  if (/^transfer-encoding: chunked$/im.test(head)) return bytes.subarray(-5).toString() === '0\r\n\r\n';
  return bytes.length >= end + 4 + Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? 0);
}
