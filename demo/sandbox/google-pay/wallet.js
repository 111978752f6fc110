// The shopper that the sandbox plays: everything about them is invented.

const EMAIL = 'shopper@sandbox.example';

/** Two, so that a shopper can change from one to the other. The first is also the cards' billing address. */
const ADDRESSES = [
  {
    name: 'Олена Пісочна',
    address1: 'вул. Піщана, 1',
    address2: 'кв. 2',
    address3: '',
    locality: 'Київ',
    administrativeArea: 'Київ',
    countryCode: 'UA',
    postalCode: '01001',
    sortingCode: '',
    phoneNumber: '+380 44 000 00 00',
    iso3166AdministrativeArea: 'UA-30',
  },
  {
    name: 'Olim Qumov',
    address1: 'Qum ko‘chasi, 3',
    address2: '',
    address3: '',
    locality: 'Toshkent',
    administrativeArea: 'Toshkent shahri',
    countryCode: 'UZ',
    postalCode: '100000',
    sortingCode: '',
    phoneNumber: '+998 71 000 00 00',
    iso3166AdministrativeArea: 'UZ-TK',
  },
];

/** Country of the bank that issued the cards. */
const ISSUER_COUNTRY = 'UA';

/** What a page is told while it has given no shipping options to choose from. */
const UNSELECTED = 'shipping_option_unselected';

const NETWORK_NAMES = { VISA: 'Visa', MASTERCARD: 'Mastercard' };

/** `Visa •••• 1000`, as Google describes a card. */
export function describe(card) {
  return `${NETWORK_NAMES[card.network]} •••• ${card.last4}`;
}

export function cardMethod(request) {
  return request.allowedPaymentMethods.find((method) => method.type === 'CARD');
}

/** Whether the shop takes this card. */
export function isAllowed(card, request) {
  const { parameters } = cardMethod(request);
  const { allowedIssuerCountryCodes: allowed, blockedIssuerCountryCodes: blocked } = parameters;
  return (
    parameters.allowedCardNetworks.includes(card.network) &&
    parameters.allowedAuthMethods.includes(card.authMethod) &&
    !(parameters.allowCreditCards === false && card.fundingSource === 'CREDIT') &&
    (allowed?.includes(ISSUER_COUNTRY) ?? true) &&
    !blocked?.includes(ISSUER_COUNTRY)
  );
}

/** Where the shopper can have things sent, as far as the shop sends there. */
export function addressesFor({ shippingAddressParameters }) {
  const countries = shippingAddressParameters?.allowedCountryCodes;
  return ADDRESSES.filter(({ countryCode }) => countries?.includes(countryCode) ?? true);
}

/** What the shopper has chosen before doing anything: the first of everything, and no offer. */
export function firstChoice(request) {
  const address = request.shippingAddressRequired && addressesFor(request)[0];
  return choiceIn(request, { ...(address && { address }), redemptionCodes: [] });
}

/** The choice as far as the request, which a callback may have changed, still offers it. */
export function choiceIn(request, choice) {
  if (!request.shippingOptionRequired) return choice;
  const { shippingOptions = [], defaultSelectedOptionId } = request.shippingOptionParameters ?? {};
  if (shippingOptions.some(({ id }) => id === choice.optionId)) return choice;
  return {
    ...choice,
    optionId: defaultSelectedOptionId ?? shippingOptions[0]?.id ?? UNSELECTED,
  };
}

/** What is still missing before a card can be chosen, for the developer; undefined if nothing is. */
export function lackOf(request, choice) {
  if (request.shippingAddressRequired && !choice.address) {
    return 'No address of the sandbox lies in shippingAddressParameters.allowedCountryCodes (it has UA and UZ).';
  }
  return choice.optionId === UNSELECTED
    ? 'onPaymentDataChanged must answer with newShippingOptionParameters.'
    : undefined;
}

/** What a callback is told before the payment: no name, no street, no number. */
export function intermediateData(request, trigger, cardNetwork, choice) {
  const asked = (intent) => request.callbackIntents.includes(intent);
  return {
    callbackTrigger: trigger,
    paymentMethodData: { type: 'CARD', info: { cardNetwork } },
    ...(asked('SHIPPING_ADDRESS') &&
      choice.address && {
        shippingAddress: coarse(choice.address, request.shippingAddressParameters),
      }),
    ...(asked('SHIPPING_OPTION') && choice.optionId && { shippingOptionData: { id: choice.optionId } }),
    ...(asked('OFFER') && { offerData: { redemptionCodes: choice.redemptionCodes } }),
  };
}

/** What loadPaymentData resolves with. */
export function paymentData(request, card, token, choice) {
  const { parameters, tokenizationSpecification } = cardMethod(request);
  return {
    apiVersion: 2,
    apiVersionMinor: 0,
    ...(request.emailRequired && { email: EMAIL }),
    ...(choice.address && { shippingAddress: full(choice.address, request.shippingAddressParameters) }),
    ...(choice.optionId && { shippingOptionData: { id: choice.optionId } }),
    ...(choice.redemptionCodes.length > 0 && { offerData: { redemptionCodes: choice.redemptionCodes } }),
    paymentMethodData: {
      type: 'CARD',
      description: describe(card),
      info: {
        cardNetwork: card.network,
        cardDetails: card.last4,
        cardFundingSource: card.fundingSource,
        ...(parameters.assuranceDetailsRequired && { assuranceDetails: assurance(card) }),
        ...(parameters.billingAddressRequired && {
          billingAddress: billingAddress(parameters.billingAddressParameters),
        }),
      },
      tokenizationData: { type: tokenizationSpecification.type, token },
    },
  };
}

/** Assumed: the cryptogram of a device says that its owner was asked; a bare card number says nothing of the kind. */
function assurance({ authMethod }) {
  return { accountVerified: true, cardHolderAuthenticated: authMethod === 'CRYPTOGRAM_3DS' };
}

function billingAddress(parameters) {
  if ((parameters?.format ?? 'MIN') !== 'MIN') return full(ADDRESSES[0], parameters);
  const { name, countryCode, postalCode, phoneNumber } = ADDRESSES[0];
  return { name, countryCode, postalCode, ...(parameters?.phoneNumberRequired && { phoneNumber }) };
}

function full({ phoneNumber, iso3166AdministrativeArea, ...address }, parameters) {
  return {
    ...address,
    ...(parameters?.phoneNumberRequired && { phoneNumber }),
    ...(parameters?.format === 'FULL-ISO3166' && { iso3166AdministrativeArea }),
  };
}

function coarse(address, parameters) {
  const { administrativeArea, countryCode, postalCode, locality, iso3166AdministrativeArea } = full(
    address,
    parameters,
  );
  return {
    ...{ administrativeArea, countryCode, postalCode, locality },
    ...(iso3166AdministrativeArea && { iso3166AdministrativeArea }),
  };
}
