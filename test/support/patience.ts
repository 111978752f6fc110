import type { PspLimits } from '../../server-stub/providers/psp-http.js';

/** Those that last until the server has waited long enough. */
const ENDLESS = ['no_answer', 'slow_drip'];

/** How long a server waits for a provider that has this fault: its usual limits, unless the test would have to wait, too. */
export function patienceWith(fault: string): Partial<PspLimits> {
  return ENDLESS.includes(fault) ? { headers: 4_000, total: 5_000 } : {};
}
