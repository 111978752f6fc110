import assert from 'node:assert/strict';
import { BlockList } from 'node:net';
import type { Hono } from 'hono';
import { PaymentView, Problem } from '../../../src/contract/index.js';
import { createApp, type AppDeps } from '../../../server-stub/app.js';
import type { RouteEnv } from '../../../server-stub/routes/context.js';
import { BODY, SITE, Stage } from './stage.js';

/** The stage behind its routes, without a socket. */
export class HttpStage {
  readonly stage: Stage;
  readonly app: Hono<RouteEnv>;

  constructor(stage: Stage, parts: Partial<AppDeps> = {}) {
    this.stage = stage;
    this.app = createApp({
      service: stage.service,
      site: SITE,
      log: stage.log,
      trustedProxies: new BlockList(),
      ping: () => stage.store.ping(),
      ...parts,
    });
  }

  static async open(parts: Partial<AppDeps> = {}): Promise<HttpStage> {
    return new HttpStage(await Stage.open(), parts);
  }

  async request(path: string, init?: RequestInit): Promise<Response> {
    return this.app.request(path, init);
  }

  post(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return this.request('/pay/payments', {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'Idempotency-Key': this.stage.nextKey(),
        ...headers,
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  }

  async created(): Promise<PaymentView> {
    const response = await this.post(BODY);
    assert.equal(response.status, 201);
    return PaymentView.parse(await response.json());
  }
}

/** Reads a refusal, and holds it to its form. */
export async function problemOf(response: Response): Promise<Problem> {
  assert.equal(response.headers.get('content-type'), 'application/problem+json');
  const problem = Problem.parse(await response.json());
  assert.equal(problem.status, response.status);
  assert.equal(problem.trace, response.headers.get('x-trace-id'));
  return problem;
}
