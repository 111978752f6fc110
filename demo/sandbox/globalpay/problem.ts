import { randomBytes } from 'node:crypto';
import type { NodeContext } from '../faults/suffer.js';

/**
 * The HTTP statuses that GlobalPay documents, with what they mean (Checkout, workflow page). No list of error codes is
 * public: the words in `code` are the sandbox's own.
 */
const DOCUMENTED: Record<number, { code: string; meaning: string }> = {
  400: { code: 'VALIDATION_ERROR', meaning: 'Invalid data in the request' },
  401: { code: 'UNAUTHORIZED', meaning: 'Request not authorized' },
  404: { code: 'NOT_FOUND', meaning: 'Entity not found, or the address does not exist' },
  500: { code: 'INTERNAL_ERROR', meaning: 'Unexpected server error' },
};

/** An answer with GlobalPay's error body. `at`: the sandbox's clock, milliseconds. */
export function problem(c: NodeContext, at: number, status: number, detail?: string): Response {
  const { code, meaning } = DOCUMENTED[status] ?? { code: `HTTP_${status}`, meaning: 'Undocumented error' };
  const body = {
    detail: detail ?? meaning,
    code,
    path: c.req.path.replace(/^\/globalpay/, ''),
    timestamp: new Date(at).toISOString(),
    trace: randomBytes(16).toString('hex'),
  };
  return Response.json(body, { status });
}
