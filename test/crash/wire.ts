import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export type Operation =
  'GooglePayPurchase' | 'Purchase' | 'Complete3DS' | 'check' | 'auth' | 'create' | 'status';

/** How much has passed when disaster strikes. A whole request has been executed: its answer has come this far. */
export type Passed = 'nothing' | 'half the request' | 'the request' | 'half the answer';

export interface Disaster {
  operation: Operation;
  /** Which call of the operation, the first being 1. */
  nth: number;
  passed: Passed;
  strike: () => Promise<void>;
}

/** The way between the server and its providers: it sees where a call stands, and can have something happen just then. */
export class Wire {
  readonly #server = createServer((socket) => void this.#carry(socket));
  readonly #provider: URL;
  readonly #calls = new Map<Operation, number>();
  #disaster: Disaster | undefined;

  constructor(provider: string) {
    this.#provider = new URL(provider);
  }

  /** Resolves to the address that takes the provider's place. */
  async open(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  expect(disaster: Disaster): void {
    this.#disaster = disaster;
  }

  async close(): Promise<void> {
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** One connection carries one call. */
  async #carry(server: Socket): Promise<void> {
    server.on('error', () => undefined);
    const request = await wholeRequest(server);
    if (!request) return;
    const disaster = this.#disasterOf(operationOf(request.toString('latin1')));
    if (disaster?.passed === 'nothing') return this.#strike(disaster, server);

    const provider = connect(Number(this.#provider.port), this.#provider.hostname);
    provider.on('error', () => undefined);
    server.once('close', () => provider.destroy());
    if (disaster?.passed === 'half the request') {
      const body = request.indexOf('\r\n\r\n') + 4;
      const half = request.subarray(0, Math.floor((body + request.length) / 2));
      await new Promise<void>((resolve) => provider.write(half, () => resolve()));
      return this.#strike(disaster, server);
    }
    provider.write(request);
    if (!disaster) return void provider.pipe(server);
    const answer = await wholeAnswer(provider);
    if (disaster.passed === 'half the answer') {
      const half = answer.subarray(0, Math.floor(answer.length / 2));
      await new Promise<void>((resolve) => server.write(half, () => resolve()));
    }
    await this.#strike(disaster, server);
  }

  async #strike(disaster: Disaster, server: Socket): Promise<void> {
    await disaster.strike();
    server.destroy();
  }

  #disasterOf(operation: Operation): Disaster | undefined {
    const nth = (this.#calls.get(operation) ?? 0) + 1;
    this.#calls.set(operation, nth);
    const disaster = this.#disaster;
    if (disaster?.operation !== operation || disaster.nth !== nth) return undefined;
    this.#disaster = undefined;
    return disaster;
  }
}

/** `undefined`: the connection ended before. */
async function wholeRequest(socket: Socket): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  for await (const chunk of socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    if (isWhole(bytes)) return bytes;
  }
  return undefined;
}

function isWhole(bytes: Buffer): boolean {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const head = bytes.toString('latin1', 0, end);
  if (/^transfer-encoding: chunked/im.test(head)) return bytes.subarray(-5).equals(Buffer.from('0\r\n\r\n'));
  return bytes.length - end - 4 >= Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
}

/** Calls ask for the connection to be closed behind the answer. */
async function wholeAnswer(provider: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of provider as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function operationOf(request: string): Operation {
  const line = request.slice(0, request.indexOf('\r\n'));
  if (line.includes('/merchant/auth')) return 'auth';
  if (line.includes('/globalpay/')) return line.startsWith('GET') ? 'status' : 'create';
  if (line.includes('/api/check')) return 'check';
  const named = /\b(GooglePayPurchase|Purchase|Complete3DS)\b/.exec(request)?.[1];
  if (named === undefined) throw new Error(`no operation of a provider: ${line}`);
  return named as Operation;
}
