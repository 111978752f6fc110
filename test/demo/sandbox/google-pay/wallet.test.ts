import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as module from '../../../../demo/sandbox/google-pay/wallet.js';
import { methodWith, requestWith, type PaymentData } from './shop.js';

interface Choice {
  address?: unknown;
  optionId?: unknown;
  redemptionCodes: string[];
}

interface Wallet {
  addressesFor(request: object): { countryCode: string }[];
  choiceIn(request: object, choice: Choice): Choice;
  firstChoice(request: object): Choice;
  intermediateData(
    request: object,
    trigger: string,
    network: string,
    choice: Choice,
  ): Record<string, unknown>;
  isAllowed(card: object, request: object): boolean;
  lackOf(request: object, choice: Choice): string | undefined;
  paymentData(request: object, card: object, token: string, choice: Choice): PaymentData;
}

const wallet: Wallet = module;

const VISA = { network: 'VISA', last4: '1000', authMethod: 'CRYPTOGRAM_3DS', fundingSource: 'CREDIT' };
const MASTERCARD = { network: 'MASTERCARD', last4: '2003', authMethod: 'PAN_ONLY', fundingSource: 'DEBIT' };
const card = (parameters: object) => requestWith({ allowedPaymentMethods: [methodWith(parameters)] });
const OPTIONS = {
  shippingOptions: [
    { id: 'post', label: 'Post' },
    { id: 'courier', label: 'Courier' },
  ],
};
const shipping = (changes: object = {}) =>
  requestWith({
    shippingAddressRequired: true,
    shippingOptionRequired: true,
    shippingOptionParameters: OPTIONS,
    ...changes,
  });

const pay = (request: object, from = VISA) =>
  wallet.paymentData(request, from, 'TOKEN', wallet.firstChoice(request));
const info = (request: object, from = VISA) => pay(request, from).paymentMethodData.info;
const names = (value: unknown) => Object.keys(value as object).sort();

const FULL = [
  ...['address1', 'address2', 'address3', 'administrativeArea', 'countryCode', 'locality', 'name'],
  ...['postalCode', 'sortingCode'],
];

describe('PaymentData', () => {
  it('has the documented members, and the token as it came', () => {
    assert.deepEqual(pay(requestWith()), {
      apiVersion: 2,
      apiVersionMinor: 0,
      paymentMethodData: {
        type: 'CARD',
        description: 'Visa •••• 1000',
        info: { cardNetwork: 'VISA', cardDetails: '1000', cardFundingSource: 'CREDIT' },
        tokenizationData: { type: 'PAYMENT_GATEWAY', token: 'TOKEN' },
      },
    });
  });

  it('says which way the token was made', () => {
    const request = requestWith({
      allowedPaymentMethods: [methodWith({}, { type: 'DIRECT', parameters: {} })],
    });
    assert.equal(pay(request).paymentMethodData.tokenizationData.type, 'DIRECT');
  });

  it('tells how sure Google is of card and holder, only if asked', () => {
    const asked = card({ assuranceDetailsRequired: true });
    assert.deepEqual(info(asked)['assuranceDetails'], {
      accountVerified: true,
      cardHolderAuthenticated: true,
    });
    assert.deepEqual(info(asked, MASTERCARD)['assuranceDetails'], {
      accountVerified: true,
      cardHolderAuthenticated: false,
    });
  });

  it('has an email address, only if asked', () => {
    assert.equal(pay(requestWith({ emailRequired: true }))['email'], 'shopper@sandbox.example');
  });

  for (const [parameters, expected] of [
    [undefined, ['countryCode', 'name', 'postalCode']],
    [{ format: 'MIN', phoneNumberRequired: true }, ['countryCode', 'name', 'phoneNumber', 'postalCode']],
    [{ format: 'FULL' }, FULL],
    [{ format: 'FULL', phoneNumberRequired: true }, [...FULL, 'phoneNumber'].sort()],
    [{ format: 'FULL-ISO3166' }, [...FULL, 'iso3166AdministrativeArea'].sort()],
  ] as const) {
    it(`has a billing address for ${JSON.stringify(parameters) ?? 'no format'}`, () => {
      const request = card({ billingAddressRequired: true, billingAddressParameters: parameters });
      assert.deepEqual(names(info(request)['billingAddress']), expected);
    });
  }

  it('has the shipping address and option that the shopper chose', () => {
    const { shippingAddress, shippingOptionData, offerData } = pay(shipping());
    assert.deepEqual(names(shippingAddress), FULL);
    assert.deepEqual(shippingOptionData, { id: 'post' });
    assert.equal(offerData, undefined);
    const iso = shipping({
      shippingAddressParameters: { format: 'FULL-ISO3166', phoneNumberRequired: true },
    });
    assert.deepEqual(
      names(pay(iso)['shippingAddress']),
      [...FULL, 'iso3166AdministrativeArea', 'phoneNumber'].sort(),
    );
  });

  it('has the code of the offer that the shopper took', () => {
    const data = wallet.paymentData(requestWith(), VISA, 'TOKEN', { redemptionCodes: ['TEA'] });
    assert.deepEqual(data['offerData'], { redemptionCodes: ['TEA'] });
  });
});

describe('the shopper’s choice', () => {
  it('begins with the default option, or the first', () => {
    assert.equal(wallet.firstChoice(shipping()).optionId, 'post');
    const withDefault = { ...OPTIONS, defaultSelectedOptionId: 'courier' };
    assert.equal(wallet.firstChoice(shipping({ shippingOptionParameters: withDefault })).optionId, 'courier');
  });

  it('is shipping_option_unselected while there are no options, and then nothing can be paid', () => {
    const request = shipping({ shippingOptionParameters: undefined });
    const choice = wallet.firstChoice(request);
    assert.equal(choice.optionId, 'shipping_option_unselected');
    assert.match(wallet.lackOf(request, choice) ?? '', /newShippingOptionParameters/);
    assert.equal(wallet.lackOf(shipping(), wallet.firstChoice(shipping())), undefined);
  });

  it('stays with an option as long as there is one of that name', () => {
    assert.equal(
      wallet.choiceIn(shipping(), { optionId: 'courier', redemptionCodes: [] }).optionId,
      'courier',
    );
    assert.equal(wallet.choiceIn(shipping(), { optionId: 'drone', redemptionCodes: [] }).optionId, 'post');
  });

  it('is among the countries that the shop sends to', () => {
    const to = (...allowedCountryCodes: string[]) =>
      shipping({ shippingAddressParameters: { allowedCountryCodes } });
    const countries = (request: object) => wallet.addressesFor(request).map(({ countryCode }) => countryCode);
    assert.deepEqual(countries(shipping()), ['UA', 'UZ']);
    assert.deepEqual(countries(to('UZ', 'KZ')), ['UZ']);
    assert.match(wallet.lackOf(to('KZ'), wallet.firstChoice(to('KZ'))) ?? '', /allowedCountryCodes/);
  });
});

describe('what a callback is told', () => {
  const told = (...callbackIntents: string[]) => {
    const request = shipping({ callbackIntents });
    return wallet.intermediateData(request, 'INITIALIZE', 'VISA', wallet.firstChoice(request));
  };

  it('has a member for every intent, and no others', () => {
    assert.deepEqual(told(), {
      callbackTrigger: 'INITIALIZE',
      paymentMethodData: { type: 'CARD', info: { cardNetwork: 'VISA' } },
    });
    assert.deepEqual(told('SHIPPING_OPTION')['shippingOptionData'], { id: 'post' });
    assert.deepEqual(told('OFFER')['offerData'], { redemptionCodes: [] });
  });

  it('has neither name nor street nor number', () => {
    const coarse = ['administrativeArea', 'countryCode', 'locality', 'postalCode'];
    assert.deepEqual(names(told('SHIPPING_ADDRESS')['shippingAddress']), coarse);
  });
});

describe('a card', () => {
  for (const [what, parameters, expected] of [
    ['every card by default', {}, [true, true]],
    ['the networks named', { allowedCardNetworks: ['VISA'] }, [true, false]],
    ['the proofs named', { allowedAuthMethods: ['PAN_ONLY'] }, [false, true]],
    ['no credit cards', { allowCreditCards: false }, [false, true]],
    ['issuers in the countries named', { allowedIssuerCountryCodes: ['UZ'] }, [false, false]],
    ['issuers in Ukraine', { allowedIssuerCountryCodes: ['UA'] }, [true, true]],
    ['no issuers in Ukraine', { blockedIssuerCountryCodes: ['UA'] }, [false, false]],
    ['no issuers elsewhere', { blockedIssuerCountryCodes: ['US'] }, [true, true]],
  ] as const) {
    it(`is offered where the shop takes ${what}`, () => {
      assert.deepEqual(
        [wallet.isAllowed(VISA, card(parameters)), wallet.isAllowed(MASTERCARD, card(parameters))],
        expected,
      );
    });
  }
});
