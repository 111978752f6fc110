import type { ServerOptions } from '../../server-stub/server.js';

/** Those that last until the server has waited long enough. */
const ENDLESS = ['no_answer', 'slow_drip'];

/** Has a server wait for a provider as usual, but not for long where this fault would have the test wait, too. */
export function impatienceAt(fault: string): Pick<ServerOptions, 'limits'> {
  return ENDLESS.includes(fault) ? { limits: { headers: 4_000, total: 5_000 } } : {};
}
