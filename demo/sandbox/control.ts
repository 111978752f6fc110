import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { CERTAINTY } from './about.js';
import { FAULTS } from './faults/fault.js';
import type { Faults } from './faults/faults.js';
import { readOrder } from './faults/order.js';
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
  app.get('/certainty', (c) => c.json(CERTAINTY));
  app.get('/faults', (c) => c.json({ faults: FAULTS, ordered: faults.ordered, plan: faults.plan ?? null }));
  app.post('/faults', async (c) => {
    const reading = readOrder(await c.req.json().catch(() => undefined));
    switch (reading.kind) {
      case 'fault':
        faults.order(reading.fault);
        return c.json(reading.fault);
      case 'plan':
        faults.follow(reading.plan);
        return c.json(reading.plan);
      case 'wrong':
        return c.json({ error: reading.why }, 400);
    }
  });
  app.post('/reset', (c) => {
    reset();
    return c.json({ reset: true });
  });
  return app;
}
