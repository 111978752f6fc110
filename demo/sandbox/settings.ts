/** What both providers would have issued to the merchant. Invented, and worth nothing outside the sandbox. */
export const CREDENTIALS = {
  procardMerchantId: 'BO_sandbox0000001',
  procardSecret: 'sandbox-secret-0001',
  gatewayMerchantId: 'BO_gateway0000001',
  globalpayUsername: 'sandbox-merchant',
  globalpayPassword: 'sandbox-password',
  globalpayServiceId: '303',
} as const;

export type Credentials = { [name in keyof typeof CREDENTIALS]: string };

export interface SandboxOptions {
  /** 0 takes any free port. */
  port: number;
  /** A loopback address: the sandbox has no protection against strangers. */
  hostname?: string;
  /** Milliseconds since the epoch. Lives of tokens and challenges are counted by it. */
  now?: () => number;
  credentials?: Partial<Credentials>;
  /**
   * How ProcardPay's callbacks are signed. Its current integrations use SHA-512, its older edition MD5. With MD5 come
   * that edition's names: `merchant_id` and upper-case statuses in callbacks, `reasoneCode` in the status query.
   */
  procardCallbackAlgorithm?: 'sha512' | 'md5';
  /** See Sandbox.agreeOnCallback, for a merchant whose address is known beforehand. */
  globalpayCallbackUrl?: string;
  /** Life of GlobalPay's access token in seconds. A short one shows whether a client renews it. */
  accessTokenSeconds?: number;
  /** What GlobalPay's status query says before the shopper has given a card: 200 with `INIT`, or 404. Both are assumed. */
  globalpayUnpaid?: 'init' | 'not_found';
  /** Milliseconds before each repetition of a callback that was not answered with 200. */
  callbackPauses?: readonly number[];
}

export const DEFAULT_GLOBALPAY_CALLBACK_URL = 'http://localhost:8080/pay/callbacks/globalpay';
