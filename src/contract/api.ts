import * as z from 'zod/mini';
import { Money } from './money.js';

const text = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));

/** An order's name in the merchant's system, as it stands in addresses and attributes. */
export const OrderId = z.string().check(z.regex(/^[A-Za-z0-9._-]{1,64}$/));

export const GooglePayEnvironment = z.enum(['TEST', 'PRODUCTION']);
export type GooglePayEnvironment = z.infer<typeof GooglePayEnvironment>;

/** What the widget needs to open Google's sheet; the names are those of the Google Pay API. */
export const GooglePayMethod = z.object({
  type: z.literal('google-pay'),
  environment: GooglePayEnvironment,
  gateway: z.string(),
  gatewayMerchantId: z.string(),
  /** Google's merchant id. Left out in TEST, required by Google in PRODUCTION. */
  merchantId: z.optional(z.string()),
  merchantName: z.string(),
  networks: z.array(z.string()),
  authMethods: z.array(z.enum(['PAN_ONLY', 'CRYPTOGRAM_3DS'])),
});
export type GooglePayMethod = z.infer<typeof GooglePayMethod>;

export const HostedPageMethod = z.object({ type: z.literal('hosted-page') });
export type HostedPageMethod = z.infer<typeof HostedPageMethod>;

export const OfferMethod = z.discriminatedUnion('type', [GooglePayMethod, HostedPageMethod]);
export type OfferMethod = z.infer<typeof OfferMethod>;

/** Sent by the merchant API to the widget, to say what an order costs and how it can be paid. */
export const Offer = z.object({
  orderId: z.string(),
  description: z.string(),
  money: Money,
  country: z.enum(['UA', 'UZ']),
  methods: z.array(OfferMethod),
});
export type Offer = z.infer<typeof Offer>;

/** What only the page can know of the browser (EMV 3DS browser data); everything else is read off the request. */
export const BrowserInfo = z.object({
  language: text(35),
  colorDepth: z.int().check(z.minimum(0), z.maximum(99)),
  screenWidth: z.int().check(z.minimum(0), z.maximum(999_999)),
  screenHeight: z.int().check(z.minimum(0), z.maximum(999_999)),
  /** Minutes, with JavaScript's sign: UTC+5 is −300. */
  timezoneOffset: z.int().check(z.minimum(-1_440), z.maximum(1_440)),
  javaEnabled: z.boolean(),
  javascriptEnabled: z.boolean(),
});
export type BrowserInfo = z.infer<typeof BrowserInfo>;

/**
 * Google's PaymentData, cut down to what a provider is told. Unknown members are dropped.
 * `token` is Google's JSON text, untouched: its inner strings are signed byte for byte.
 */
export const GooglePaymentData = z.object({
  apiVersion: z.int().check(z.minimum(0), z.maximum(99)),
  apiVersionMinor: z.int().check(z.minimum(0), z.maximum(99)),
  paymentMethodData: z.object({
    type: text(32),
    description: text(256),
    info: z.object({ cardNetwork: text(32), cardDetails: z.string().check(z.maxLength(32)) }),
    tokenizationData: z.object({ type: text(32), token: text(16_384) }),
  }),
});
export type GooglePaymentData = z.infer<typeof GooglePaymentData>;

/** Sent by the widget to the merchant API, to start a payment. The header Idempotency-Key goes with it. */
export const CreatePayment = z.object({
  orderId: OrderId,
  /** What the shopper was shown. A claim: the server's own order decides, and a difference is refused. */
  expected: Money,
  /** The page to come back to from the bank or the provider; `payment={id}` is added to it. */
  returnUrl: text(2_048),
  locale: z.enum(['uk', 'ru', 'uz', 'en']),
  browser: BrowserInfo,
  method: z.discriminatedUnion('type', [
    z.object({ type: z.literal('google-pay'), paymentData: GooglePaymentData }),
    HostedPageMethod,
  ]),
});
export type CreatePayment = z.infer<typeof CreatePayment>;

/** `Idempotency-Key`: made by the widget, one per attempt, unguessable. */
export const IdempotencyKey = z.string().check(z.regex(/^[A-Za-z0-9_-]{16,128}$/));

/** `wait` of `GET {endpoint}/payments/{id}`: the longest time in seconds to hold the answer. */
export const MAX_WAIT_SECONDS = 25;
