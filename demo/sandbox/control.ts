import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { Fault } from './faults/fault.js';
import type { Faults } from './faults/faults.js';
import type { Journal } from './journal.js';
import type { Ledger } from './ledger.js';
import { SCENARIOS } from './scenarios.js';

interface Controlled {
  ledger: Ledger;
  journal: Journal;
  faults: Faults;
  /** Forgets every payment, token, challenge, fault and message. */
  reset: () => void;
}

/** What only a sandbox has: sight of the truth, and disorder to order. Open to every origin. */
export function control({ ledger, journal, faults, reset }: Controlled): Hono {
  const app = new Hono();
  app.use(cors());
  app.get('/ledger', (c) => c.json({ captures: ledger.captures, reversals: ledger.reversals }));
  app.get('/journal', (c) => c.json(journal.entries));
  app.get('/scenarios', (c) => c.json(SCENARIOS));
  app.post('/faults', async (c) => {
    const fault = Fault.safeParse(await c.req.json().catch(() => undefined));
    if (!fault.success) {
      return c.json(
        { error: fault.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) },
        400,
      );
    }
    faults.order(fault.data);
    return c.json(fault.data);
  });
  app.post('/reset', (c) => {
    reset();
    return c.json({ reset: true });
  });
  return app;
}
