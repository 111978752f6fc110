import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * A port that nobody listens on, for a process that has to be told one before it starts.
 *
 * @returns {Promise<number>}
 */
export async function freePort() {
  const probe = createServer().listen(0);
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}
