// Another site for browser tests: a bank on its own origin, and the merchant's host page on the tests' own origin.
import { createServer } from 'node:http';

/**
 * Says, as a host page does, that the bank's page is there; and posts to the window that holds it whatever it is told
 * to, by a message or by the page itself through `say()`.
 */
const TALKATIVE_PAGE = `<!doctype html><html lang="en"><title>Bank</title>
<p>A page in the frame.</p><button>Confirm</button>
<script>
  function say(message) { parent.postMessage(message, '*'); }
  addEventListener('message', (event) => say(event.data));
  say({ type: 'pay-elements:threeds', event: 'shown', id: location.pathname.split('/').at(-1) });
</script></html>`;

/**
 * Sent by tests with executeServerCommand: `bank-origin` asks for the bank's origin; `bank-request {path}` waits for
 * the next unread request to that path and answers `{ method, body, referer }`; `bank-count {path}` says how many
 * requests that path has had. What is asked for under `/silent/` is never answered.
 */
export function bankServerPlugin() {
  const requests = new Map(); // path → requests
  const read = new Map(); // path → how many of them were handed to tests
  const waiting = new Map(); // path → resolvers
  const received = (path) => requests.get(path) ?? [];

  function record(path, request) {
    requests.set(path, [...received(path), request]);
    waiting.get(path)?.forEach((resolve) => resolve());
    waiting.delete(path);
  }

  async function nextRequest(path) {
    const index = read.get(path) ?? 0;
    read.set(path, index + 1);
    while (received(path).length <= index) {
      await new Promise((resolve) => waiting.set(path, [...(waiting.get(path) ?? []), resolve]));
    }
    return received(path)[index];
  }

  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    response.setHeader('content-type', 'text/html; charset=utf-8');
    if (!request.url.startsWith('/silent/')) response.end(TALKATIVE_PAGE);
    record(request.url, { method: request.method, body, referer: request.headers.referer ?? '' });
  });

  return {
    name: 'bank-server',
    async serverStart() {
      await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    },
    async serverStop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
    serve(context) {
      if (!context.path.startsWith('/pay/3ds/')) return undefined;
      record(context.path, { method: context.method, body: '', referer: context.get('referer') });
      return { body: TALKATIVE_PAGE, type: 'html' };
    },
    executeCommand({ command, payload }) {
      if (command === 'bank-origin') return `http://127.0.0.1:${server.address().port}`;
      if (command === 'bank-request') return nextRequest(payload.path);
      if (command === 'bank-count') return { count: received(payload.path).length };
      return undefined;
    },
  };
}
