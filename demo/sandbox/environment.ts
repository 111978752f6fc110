import { CREDENTIALS, DEFAULT_GLOBALPAY_CALLBACK_URL, type SandboxOptions } from './settings.js';
import { isWebAddress } from './world.js';

interface Setting {
  what: string;
  initial: string;
  /** Ends the sentence that refuses a value. */
  must: string;
  fits: (text: string) => boolean;
}

function integer(min: number, max: number): Pick<Setting, 'must' | 'fits'> {
  return {
    must: `be a whole number from ${min} to ${max}`,
    fits: (text) => /^\d{1,15}$/.test(text) && Number(text) >= min && Number(text) <= max,
  };
}

function credential(what: string, initial: string): Setting {
  return {
    what,
    initial,
    must: 'be printable ASCII without blanks, at most 100 characters',
    fits: (text) => /^[!-~]{1,100}$/.test(text),
  };
}

/** What `npm run sandbox` takes from the environment. The credentials are named as the printed settings, with `SANDBOX_`. */
export const ENVIRONMENT = {
  SANDBOX_PORT: { what: '0 takes any free port', initial: '8090', ...integer(0, 65_535) },
  SANDBOX_GLOBALPAY_CALLBACK_URL: {
    what: 'where GlobalPay calls back; no request carries it, merchants agree on it in writing',
    initial: DEFAULT_GLOBALPAY_CALLBACK_URL,
    must: 'be an absolute http: or https: address',
    fits: isWebAddress,
  },
  SANDBOX_PROCARD_CALLBACK_ALGORITHM: {
    what: "the hash of ProcardPay's callback signatures, `sha512`, or `md5` with the names of its older edition",
    initial: 'sha512',
    must: 'be sha512 or md5',
    fits: (text) => text === 'sha512' || text === 'md5',
  },
  SANDBOX_GLOBALPAY_ACCESS_TOKEN_SECONDS: {
    what: "life of GlobalPay's access token; a short one shows whether a client renews it",
    initial: '300',
    ...integer(1, 86_400),
  },
  SANDBOX_GLOBALPAY_UNPAID: {
    what: 'what GlobalPay says of a payment before a card came: `init` (200, status `INIT`) or `not_found` (404)',
    initial: 'init',
    must: 'be init or not_found',
    fits: (text) => text === 'init' || text === 'not_found',
  },
  SANDBOX_PROCARD_MERCHANT_ID: credential('`merchant_id`', CREDENTIALS.procardMerchantId),
  SANDBOX_PROCARD_SECRET_KEY: credential("key of ProcardPay's signatures", CREDENTIALS.procardSecret),
  SANDBOX_GOOGLE_PAY_GATEWAY_MERCHANT_ID: credential(
    '`gatewayMerchantId` in Google Pay requests',
    CREDENTIALS.gatewayMerchantId,
  ),
  SANDBOX_GLOBALPAY_USERNAME: credential('`username` of auth', CREDENTIALS.globalpayUsername),
  SANDBOX_GLOBALPAY_PASSWORD: credential('`password` of auth', CREDENTIALS.globalpayPassword),
  SANDBOX_GLOBALPAY_SERVICE_ID: credential('`externalServiceId` of create', CREDENTIALS.globalpayServiceId),
} as const satisfies Record<string, Setting>;

/** Stops the start. The message is one sentence that names the setting. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
}

/** Throws a `SettingError` at the first setting that is wrong. Unset and blank ones have their initial values. */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>) {
  const read = (name: keyof typeof ENVIRONMENT): string => {
    const { initial, must, fits }: Setting = ENVIRONMENT[name];
    const text = env[name]?.trim() || initial;
    if (!fits(text)) throw new SettingError(`${name} must ${must}.`);
    return text;
  };
  return {
    port: Number(read('SANDBOX_PORT')),
    globalpayCallbackUrl: read('SANDBOX_GLOBALPAY_CALLBACK_URL'),
    procardCallbackAlgorithm: read('SANDBOX_PROCARD_CALLBACK_ALGORITHM') === 'md5' ? 'md5' : 'sha512',
    accessTokenSeconds: Number(read('SANDBOX_GLOBALPAY_ACCESS_TOKEN_SECONDS')),
    globalpayUnpaid: read('SANDBOX_GLOBALPAY_UNPAID') === 'not_found' ? 'not_found' : 'init',
    credentials: {
      procardMerchantId: read('SANDBOX_PROCARD_MERCHANT_ID'),
      procardSecret: read('SANDBOX_PROCARD_SECRET_KEY'),
      gatewayMerchantId: read('SANDBOX_GOOGLE_PAY_GATEWAY_MERCHANT_ID'),
      globalpayUsername: read('SANDBOX_GLOBALPAY_USERNAME'),
      globalpayPassword: read('SANDBOX_GLOBALPAY_PASSWORD'),
      globalpayServiceId: read('SANDBOX_GLOBALPAY_SERVICE_ID'),
    },
  } satisfies SandboxOptions;
}
