import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below the ports that systems give to who asks for any, and to connections: none of those comes between. */
const [FIRST, LAST] = [20_000, 32_000];

/**
 * A port that nobody listens on, for a process that has to be told one before it starts.
 *
 * @returns {Promise<number>}
 */
export async function freePort() {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST));
    const probe = createServer();
    const isFree = await once(probe.listen(port), 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    probe.close();
    await once(probe, 'close');
    return port;
  }
}
