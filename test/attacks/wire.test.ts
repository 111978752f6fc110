import assert from 'node:assert/strict';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { startArena } from './support/arena.js';
import { Buyer } from './support/buyer.js';
import type { Fate } from './support/relay.js';

const arena = await startArena();
const buyer = new Buyer(arena);
const { relay, store, ports } = arena;

/** An answer with our own head and the sandbox's body. */
const withHead = (body: string, ...lines: string[]) => [...lines, '', body].join('\r\n');
const JSON_TYPE = 'Content-Type: application/json';
const bodyOf = (answer: Buffer) => answer.subarray(answer.indexOf('\r\n\r\n') + 4).toString();

/** Executed, and answered as `answer` writes it; then the connection ends. */
const rewritten =
  (answer: (body: string) => string): Fate =>
  async ({ socket, execute }) =>
    socket.end(answer(bodyOf(await execute())));

/** Executed; as much of the answer as `part` says, and then a reset. */
const resetAfter =
  (part: (answer: Buffer) => number): Fate =>
  async ({ socket, execute }) => {
    const answer = await execute();
    const sent = answer.subarray(0, part(answer));
    if (sent.length > 0) await new Promise((resolve) => socket.write(sent, resolve));
    await pause(20); // What comes together with a reset is thrown away unread.
    socket.resetAndDestroy();
  };

/** Executed; as much of the answer as `part` says, each byte by itself. */
const dripping =
  (part: (answer: Buffer) => Buffer, end: (socket: Socket) => void): Fate =>
  async ({ socket, execute }) => {
    socket.setNoDelay(true);
    for (const byte of part(await execute())) {
      socket.write(Buffer.of(byte));
      await pause(0);
    }
    end(socket);
  };

const elsewhere = createServer((socket) => socket.end());
let strayed = 0;
elsewhere.on('connection', () => (strayed += 1));
elsewhere.listen(0, '127.0.0.1');
after(() => elsewhere.close());

/** The provider has taken the money, and nothing that can be believed says so. */
const UNKNOWN: Record<string, Fate> = {
  'C1 silence after the request': async ({ execute }) => {
    await execute();
    arena.tire();
  },
  'C2 a reset before the answer': resetAfter(() => 0),
  'C2 a reset after one byte': resetAfter(() => 1),
  'C2 a reset within the head': resetAfter((answer) => answer.indexOf('\r\n\r\n') - 3),
  'C2 a reset after the head': resetAfter((answer) => answer.indexOf('\r\n\r\n') + 4),
  'C2 a reset one byte before the end': resetAfter((answer) => answer.length - 1),
  'C4 a 500 with the approving body': rewritten((body) =>
    withHead(body, 'HTTP/1.1 500 Oops', JSON_TYPE, `Content-Length: ${body.length}`),
  ),
  'C5 a 200 with an HTML page': rewritten(() =>
    withHead('<h1>Bad Gateway</h1>', 'HTTP/1.1 200 OK', 'Content-Type: text/html', 'Content-Length: 20'),
  ),
  'C14 an answer byte by byte, without end': dripping(
    (answer) => answer.subarray(0, -1),
    () => arena.tire(),
  ),
  'C16 a redirect to another host': async ({ socket, execute }) => {
    await execute();
    const { port } = elsewhere.address() as AddressInfo;
    socket.end(
      withHead('', 'HTTP/1.1 302 Found', `Location: http://127.0.0.1:${port}/`, 'Content-Length: 0'),
    );
  },
  'C101 an end before the announced length': rewritten((body) =>
    withHead(body, 'HTTP/1.1 200 OK', JSON_TYPE, `Content-Length: ${body.length + 1}`),
  ),
  'C102 a length that cuts the body': rewritten((body) =>
    withHead(body, 'HTTP/1.1 200 OK', JSON_TYPE, `Content-Length: ${body.length - 1}`),
  ),
  'C103 two lengths that differ': rewritten((body) =>
    withHead(body, 'HTTP/1.1 200 OK', `Content-Length: ${body.length}`, 'Content-Length: 2'),
  ),
  'C104 a length and chunks at once': rewritten(
    (body) =>
    withHead(`${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`, 'HTTP/1.1 200 OK', 'Content-Length: 5', 'Transfer-Encoding: chunked'), // prettier-ignore
  ),
  'C105 chunks without the last one': rewritten((body) =>
    withHead(`${body.length.toString(16)}\r\n${body}\r\n`, 'HTTP/1.1 200 OK', 'Transfer-Encoding: chunked'),
  ),
  'C106 a change of protocol': rewritten((body) =>
    withHead(body, 'HTTP/1.1 101 Switching Protocols', 'Connection: Upgrade', 'Upgrade: h2c'),
  ),
  'C107 a "continue" that nobody asked for': rewritten((body) => {
    const answer = withHead(body, 'HTTP/1.1 200 OK', JSON_TYPE, `Content-Length: ${body.length}`);
    return `HTTP/1.1 100 Continue\r\n\r\n${answer}`;
  }),
  'C108 a head without end': async ({ socket, execute }) => {
    await execute();
    socket.write('HTTP/1.1 200 OK\r\n');
    while (!socket.destroyed && socket.write(`X-Pad: ${'x'.repeat(1_000)}\r\n`)) await pause(1);
  },
  'C109 news before the answer, and no answer': async ({ socket, execute }) => {
    await execute();
    for (let news = 0; news < 20; news += 1) {
      socket.write('HTTP/1.1 103 Early Hints\r\n\r\n');
      await pause(1);
    }
    arena.tire();
  },
};

for (const [name, fate] of Object.entries(UNKNOWN)) {
  test(`${name}: unknown, asked about, and never sent again`, async () => {
    relay.spoil('purchase', fate);
    const view = await buyer.pay();
    assert.equal(view.status, 'processing');
    assert.equal((await store.find(view.id))?.nextCheckAt, ports.now() + 2_000);
    assert.equal((await arena.until(view.id)).status, 'approved');
    assert.equal(relay.sent('purchase'), 1);
    assert.ok(relay.sent('check') >= 1);
    assert.equal(strayed, 0);
  });
}

/** Strange, but a whole answer. */
const BELIEVED: Record<string, Fate> = {
  'C14 an answer byte by byte, in time': dripping(
    (answer) => answer,
    (socket) => socket.end(),
  ),
  'C110 a hint before the answer': rewritten(
    (body) =>
      'HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n' +
      withHead(body, 'HTTP/1.1 200 OK', JSON_TYPE, `Content-Length: ${body.length}`),
  ),
  'C111 chunks with a trailer': rewritten((body) => {
    const chunks = [...body].map((char) => `1\r\n${char}\r\n`).join('');
    const head = ['HTTP/1.1 200 OK', JSON_TYPE, 'Transfer-Encoding: chunked', 'Trailer: X-Status'];
    return withHead(`${chunks}0\r\nX-Status: DECLINED\r\n\r\n`, ...head);
  }),
  'C112 a second answer behind the first': rewritten((body) => {
    const answer = (text: string) =>
      withHead(text, 'HTTP/1.1 200 OK', JSON_TYPE, `Content-Length: ${text.length}`);
    return answer(body) + answer('{"transactionStatus":"DECLINED","reasonCode":12,"reason":76}');
  }),
};

for (const [name, fate] of Object.entries(BELIEVED)) {
  test(`${name}: is read as it stands`, async () => {
    relay.spoil('purchase', fate);
    assert.equal((await buyer.pay()).status, 'approved');
    assert.equal(relay.sent('purchase'), 1);
  });
}
