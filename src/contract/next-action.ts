import * as z from 'zod/mini';

/** EMV 3DS challenge window sizes (3DS Core Specification 2.3.1, Table A.23). */
export const WindowSize = z.enum(['01', '02', '03', '04', '05']);
export type WindowSize = z.infer<typeof WindowSize>;

/** The bank wants to see the shopper: 3-D Secure 1 (`PaReq`) or 2 (`creq`). */
export const ThreeDSAction = z.object({
  type: z.literal('threeds'),
  /** Unguessable, one per challenge. It is also the last path segment of `frameUrl` and the nonce of FrameMessage. */
  id: z.string(),
  version: z.union([z.literal(1), z.literal(2)]),
  /** The own-origin host page that holds the bank's frame, `{endpoint}/3ds/{token}`. */
  frameUrl: z.string(),
  /** The bank's address, for pages that hold the bank's frame themselves. */
  acsUrl: z.string(),
  fields: z.union([
    z.object({ PaReq: z.string(), MD: z.string(), TermUrl: z.string() }),
    z.object({ creq: z.string() }),
  ]),
  windowSize: WindowSize,
});
export type ThreeDSAction = z.infer<typeof ThreeDSAction>;

/** The shopper pays on the provider's own page. */
export const RedirectAction = z.object({ type: z.literal('redirect'), id: z.string(), url: z.string() });
export type RedirectAction = z.infer<typeof RedirectAction>;

/** Sent by the merchant API to the widget, inside PaymentView, to say what the shopper has to do next. */
export const NextAction = z.discriminatedUnion('type', [ThreeDSAction, RedirectAction]);
export type NextAction = z.infer<typeof NextAction>;

/**
 * Sent by the host page and the return page to the window that holds them, to say that something happened in the
 * bank's frame. It carries no result: whoever receives it asks the server.
 */
export const FrameMessage = z.object({
  type: z.literal('pay-elements:threeds'),
  /** `shown`: the bank's page has loaded. `returned`: the bank sent the shopper back. */
  event: z.enum(['shown', 'returned']),
  /** The id of the challenge, see ThreeDSAction. */
  id: z.string(),
});
export type FrameMessage = z.infer<typeof FrameMessage>;
