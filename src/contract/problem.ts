import * as z from 'zod/mini';

/**
 * Every way a request to the merchant API can be refused. Programs switch on the code; `title` and `detail` are
 * for the people who read a log.
 */
export const ProblemCode = z.enum([
  'invalid_request', // 400 the body, a parameter or a header does not parse; `detail` names the field
  'forbidden_field', // 400 a field that this server refuses on purpose (decrypted card data)
  'unsigned', // 403 a provider callback with a missing or wrong signature
  'not_found', // 404 no such address
  'order_not_found', // 404
  'payment_not_found', // 404 unknown, or not yours: the two look the same
  'method_not_allowed', // 405
  'amount_mismatch', // 409 the page showed another amount than the order has; nothing was charged
  'already_paid', // 409
  'order_busy', // 409 an earlier attempt for this order is still being checked with the provider
  'in_progress', // 409 the request with this Idempotency-Key is still running; see Retry-After
  'payload_too_large', // 413
  'unsupported_media_type', // 415
  'idempotency_mismatch', // 422 this Idempotency-Key was used with another body
  'method_unavailable', // 422 the order's provider does not offer this payment method
  'unrepresentable', // 422 a signed field holds something the provider's signature cannot carry
  'rate_limited', // 429 too many requests from one address; see Retry-After. This one did nothing
  'internal', // 500
  'unavailable', // 503 the server cannot take a payment now, and nothing was sent
]);
export type ProblemCode = z.infer<typeof ProblemCode>;

/** Sent by the merchant API to the widget, as `application/problem+json` (RFC 9457), when a request is refused. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: ProblemCode,
  /** Names what was wrong, never repeats a value. Left out where the title says everything. */
  detail: z.optional(z.string()),
  /** Finds this request in the server's log. */
  trace: z.string(),
});
export type Problem = z.infer<typeof Problem>;
