import type { Offer } from '../contract/api.js';
import type { MethodType } from '../contract/payment.js';
import type { GoogleButton } from '../google-pay/google-button.js';
import type { PayAttributes } from './pay-attributes.js';

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

export interface Refusal {
  readonly kind: 'refused';
  readonly code: 'missing_attribute' | 'invalid_attribute' | 'unknown_attribute';
  readonly attribute: string;
}

export type Reading = ({ readonly kind: 'settings' } & AttributeSettings) | Refusal;

const SOMETHING = /^\P{Cc}{1,256}$/u;

/** Relative or absolute, http or https. */
export const ADDRESS = {
  test: (value: string): boolean =>
    /^(?!(?!https?:)[a-z][\w+.-]*:)[^\s\\]+$/i.test(value) && URL.canParse(value, document.baseURI),
};

const RULES: Readonly<Record<Name, Pick<RegExp, 'test'>>> = {
  endpoint: ADDRESS,
  orderId: /^(?!\.{1,2}$)[\w.-]{1,64}$/,
  method: /^(auto|google-pay|hosted-page)$/,
  presentation: /^(auto|modal|inline|redirect)$/,
  locale: /^(uk|ru|uz|en)$/,
  returnUrl: ADDRESS,
  // Above zero, and no more digits than a number carries exactly.
  amount: /^(?!0\.00)(0|[1-9]\d{0,12})\.\d\d$/,
  currency: /^(UAH|UZS)$/,
  country: /^(UA|UZ)$/,
  gateway: SOMETHING,
  gatewayMerchantId: SOMETHING,
  merchantName: SOMETHING,
  merchantId: SOMETHING,
  environment: /^(TEST|PRODUCTION)$/,
  buttonColor: SOMETHING,
  buttonType: SOMETHING,
  buttonRadius: SOMETHING,
  buttonSizeMode: SOMETHING,
  buttonBorderType: SOMETHING,
};

const NAMES = Object.keys(RULES) as Name[];

/** The same as declarations of reactive properties. */
export const PAY_PROPERTIES = Object.fromEntries(
  NAMES.map((name) => [name, { attribute: attributeOf(name) }]),
);

const ATTRIBUTES = NAMES.map(attributeOf);

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
export function readSettings(element: PayAttributes, present: readonly string[]): Reading {
  // Frameworks set properties, and a property may be the number that an attribute would have been the text of.
  const given = Object.fromEntries(
    NAMES.map((name) => [name, element[name] == null ? null : `${element[name]}`]),
  ) as unknown as PayAttributes;
  const unknown = present.find((name) => !ANYWHERE.test(name) && !ATTRIBUTES.includes(name));
  if (unknown) return { kind: 'refused', code: 'unknown_attribute', attribute: unknown };

  const invalid = NAMES.find((name) => given[name] != null && !RULES[name].test(given[name]));
  if (invalid) return refuse('invalid_attribute', invalid);

  if (!hasAll(given, NEEDED)) return missing(given, NEEDED);
  const { endpoint, orderId, method, merchantId } = given;
  const settings = { kind: 'settings', endpoint, orderId, method: method ?? 'auto' } as const;
  if (merchantId == null && NEEDED_FOR_OFFER.every((name) => given[name] == null)) {
    return { ...settings, offer: undefined };
  }
  if (!hasAll(given, NEEDED_FOR_OFFER)) return missing(given, NEEDED_FOR_OFFER);
  const { amount, currency, country, gateway, gatewayMerchantId, merchantName, environment } = given;
  if (environment === 'PRODUCTION' && merchantId == null) return refuse('missing_attribute', 'merchantId');
  return {
    ...settings,
    offer: {
      orderId,
      description: '',
      money: { minor: Number(amount.replace('.', '')), currency },
      country,
      methods: [
        {
          type: 'google-pay',
          environment,
          gateway,
          gatewayMerchantId,
          ...(merchantId != null && { merchantId }),
          merchantName,
          networks: ['MASTERCARD', 'VISA'],
          authMethods: ['PAN_ONLY', 'CRYPTOGRAM_3DS'],
        },
      ],
    },
  };
}

/** What is null for one framework is undefined for another, and the same for us. */
export function differOnlyInPrice(a: Settings, b: Settings): boolean {
  const but = (settings: Settings): string =>
    JSON.stringify(settings, (name, value: unknown) => (name === 'money' ? undefined : (value ?? undefined)));
  return but(a) === but(b);
}

function hasAll<K extends Name>(
  given: PayAttributes,
  names: readonly K[],
): given is PayAttributes & { [P in K]: NonNullable<PayAttributes[P]> } {
  return names.every((name) => given[name] != null);
}

function missing(given: PayAttributes, names: readonly Name[]): Refusal {
  return refuse(
    'missing_attribute',
    names.find((name) => given[name] == null)!,
  );
}

function refuse(code: Refusal['code'], name: Name): Refusal {
  return { kind: 'refused', code, attribute: attributeOf(name) };
}

/** `orderId` → `order-id` */
function attributeOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
