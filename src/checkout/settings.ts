import { toMinor } from '../contract/amount.js';
import type { CreatePayment, GooglePayEnvironment, Offer } from '../contract/api.js';
import type { Money } from '../contract/money.js';
import type { MethodType } from '../contract/payment.js';
import type { GoogleButton } from '../google-pay/google-button.js';
import { isSafeUrl } from '../threeds/safe-url.js';

type Text = string | null;

/**
 * What a page says about a payment: the attributes of a pay-button, under their property names. Until they are read
 * they may hold anything; null is left out.
 */
export interface PayAttributes {
  endpoint: Text;
  orderId: Text;
  method: 'auto' | MethodType | null;
  presentation: 'auto' | 'modal' | 'inline' | 'redirect' | null;
  locale: CreatePayment['locale'] | null;
  returnUrl: Text;
  amount: Text;
  currency: Money['currency'] | null;
  country: Offer['country'] | null;
  gateway: Text;
  gatewayMerchantId: Text;
  merchantName: Text;
  merchantId: Text;
  environment: GooglePayEnvironment | null;
  buttonColor: 'default' | 'black' | 'white' | null;
  buttonType: 'book' | 'buy' | 'checkout' | 'donate' | 'order' | 'pay' | 'plain' | 'subscribe' | null;
  buttonRadius: Text;
  buttonSizeMode: 'static' | 'fill' | null;
  buttonBorderType: 'no_border' | 'default_border' | null;
}

type Name = keyof PayAttributes;

/** Attributes that hold together, and how Google's button looks. */
export interface Settings extends AttributeSettings {
  readonly button: Pick<GoogleButton, 'locale' | 'look'>;
}

interface AttributeSettings {
  readonly endpoint: string;
  readonly orderId: string;
  readonly method: 'auto' | MethodType;
  /** The offer by attributes; without it the server is asked. */
  readonly offer: Offer | undefined;
}

export type Refusal = {
  readonly kind: 'refused';
  readonly code: 'missing_attribute' | 'invalid_attribute' | 'unknown_attribute';
  readonly attribute: string;
};

export type Reading = { readonly kind: 'settings'; readonly settings: AttributeSettings } | Refusal;

const SOMETHING = /^[^\p{Cc}]{1,256}$/u;

const RULES: Readonly<Record<Name, readonly string[] | RegExp | ((value: string) => boolean)>> = {
  endpoint: isEndpoint,
  orderId: /^[A-Za-z0-9._-]{1,64}$/,
  method: ['auto', 'google-pay', 'hosted-page'],
  presentation: ['auto', 'modal', 'inline', 'redirect'],
  locale: ['uk', 'ru', 'uz', 'en'],
  returnUrl: (value) =>
    URL.canParse(value, document.baseURI) && isSafeUrl(new URL(value, document.baseURI).href),
  amount: /^\d+\.\d\d$/,
  currency: ['UAH', 'UZS'],
  country: ['UA', 'UZ'],
  gateway: SOMETHING,
  gatewayMerchantId: SOMETHING,
  merchantName: SOMETHING,
  merchantId: SOMETHING,
  environment: ['TEST', 'PRODUCTION'],
  buttonColor: ['default', 'black', 'white'],
  buttonType: ['book', 'buy', 'checkout', 'donate', 'order', 'pay', 'plain', 'subscribe'],
  buttonRadius: /^\d{1,3}$/,
  buttonSizeMode: ['static', 'fill'],
  buttonBorderType: ['no_border', 'default_border'],
};

const NAMES = Object.keys(RULES) as Name[];

const NEEDED = ['endpoint', 'orderId'] as const;
const NEEDED_FOR_OFFER = [
  'amount',
  'currency',
  'country',
  'gateway',
  'gatewayMerchantId',
  'merchantName',
  'environment',
] as const;

/**
 * Attributes that any element may carry: HTML's own, and those of frameworks, which have a short prefix or a character
 * that no name of ours has (`aria-…`, `data-…`, `onclick`, `x-data`, `_ngcontent-…`, `@click`). Whatever else is not
 * ours is a misspelling, and a misspelt attribute must not silently be its default.
 */
const ANYWHERE =
  /^(accesskey|class|dir|disabled|draggable|exportparts|hidden|id|inert|is|item[a-z]+|lang|nonce|part|popover|role|slot|style|tabindex|title|translate)$|^(aria|data|[a-z]{1,2})-|^on|[^a-z-]/;

/** `present`: the names of all attributes that the element carries. */
export function readSettings(given: PayAttributes, present: readonly string[]): Reading {
  const ours = NAMES.map(attributeOf);
  const unknown = present.find((name) => !ours.includes(name) && !ANYWHERE.test(name));
  if (unknown !== undefined) return { kind: 'refused', code: 'unknown_attribute', attribute: unknown };

  const invalid = NAMES.find((name) => given[name] != null && !obeys(given[name], RULES[name]));
  if (invalid) return refuse('invalid_attribute', invalid);

  if (!hasAll(given, NEEDED)) return missing(given, NEEDED);
  const settings = { endpoint: given.endpoint, orderId: given.orderId, method: given.method ?? 'auto' };
  if (given.merchantId == null && NEEDED_FOR_OFFER.every((name) => given[name] == null)) {
    return { kind: 'settings', settings: { ...settings, offer: undefined } };
  }
  if (!hasAll(given, NEEDED_FOR_OFFER)) return missing(given, NEEDED_FOR_OFFER);
  if (given.environment === 'PRODUCTION' && given.merchantId == null)
    return refuse('missing_attribute', 'merchantId');
  const minor = toMinor(given.amount);
  if (minor === undefined) return refuse('invalid_attribute', 'amount');
  return {
    kind: 'settings',
    settings: {
      ...settings,
      offer: {
        orderId: given.orderId,
        description: '',
        money: { minor, currency: given.currency },
        country: given.country,
        methods: [
          {
            type: 'google-pay',
            environment: given.environment,
            gateway: given.gateway,
            gatewayMerchantId: given.gatewayMerchantId,
            ...(given.merchantId != null && { merchantId: given.merchantId }),
            merchantName: given.merchantName,
            networks: ['MASTERCARD', 'VISA'],
            authMethods: ['PAN_ONLY', 'CRYPTOGRAM_3DS'],
          },
        ],
      },
    },
  };
}

function obeys(value: string, rule: (typeof RULES)[Name]): boolean {
  if (typeof rule === 'function') return rule(value);
  return rule instanceof RegExp ? rule.test(value) : rule.includes(value);
}

/** Relative or absolute, http or https, without parameters. */
export function isEndpoint(value: string): boolean {
  if (!URL.canParse(value, document.baseURI) || /[?#\s]|^$/.test(value)) return false;
  return /^https?:$/.test(new URL(value, document.baseURI).protocol);
}

function hasAll<K extends Name>(
  given: PayAttributes,
  names: readonly K[],
): given is PayAttributes & { [P in K]: NonNullable<PayAttributes[P]> } {
  return names.every((name) => given[name] != null);
}

function missing(given: PayAttributes, names: readonly Name[]): Refusal {
  return refuse('missing_attribute', names.find((name) => given[name] == null) ?? names[0]!);
}

function refuse(code: Refusal['code'], name: Name): Refusal {
  return { kind: 'refused', code, attribute: attributeOf(name) };
}

/** `orderId` → `order-id` */
function attributeOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
