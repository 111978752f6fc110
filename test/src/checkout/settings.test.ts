import { expect } from '@open-wc/testing';
import type { PayAttributes } from '../../../src/checkout/pay-attributes.js';
import { differOnlyInPrice, readSettings, type Settings } from '../../../src/checkout/settings.js';

const NOTHING = {} as PayAttributes;
const MINIMUM = { ...NOTHING, endpoint: '/pay', orderId: 'A-1' };
const OFFER = {
  ...MINIMUM,
  amount: '125.00',
  currency: 'UAH',
  country: 'UA',
  gateway: 'procard',
  gatewayMerchantId: 'm-1',
  merchantName: 'Кав’ярня',
  environment: 'TEST',
} satisfies PayAttributes;

const refused = (code: string, attribute: string) => ({ kind: 'refused', code, attribute });
/** Values that the types forbid and a page can still write. */
const read = (given: object, present: string[] = []) => readSettings({ ...NOTHING, ...given }, present);

describe('the attributes of a pay-button', () => {
  it('need no more than an endpoint and an order', () => {
    expect(read(MINIMUM)).to.deep.equal({
      kind: 'settings',
      endpoint: '/pay',
      orderId: 'A-1',
      method: 'auto',
      offer: undefined,
    });
  });

  it('make an offer when all of it is there', () => {
    const reading = readSettings(OFFER, []);
    expect(reading.kind === 'settings' && reading.offer).to.deep.equal({
      orderId: 'A-1',
      description: '',
      money: { minor: 12_500, currency: 'UAH' },
      country: 'UA',
      methods: [
        {
          type: 'google-pay',
          environment: 'TEST',
          gateway: 'procard',
          gatewayMerchantId: 'm-1',
          merchantName: 'Кав’ярня',
          networks: ['MASTERCARD', 'VISA'],
          authMethods: ['PAN_ONLY', 'CRYPTOGRAM_3DS'],
        },
      ],
    });
  });

  it('name the one that is missing', () => {
    expect(read({ orderId: 'A-1' })).to.deep.equal(refused('missing_attribute', 'endpoint'));
    expect(read({ endpoint: '/pay' })).to.deep.equal(refused('missing_attribute', 'order-id'));
    for (const name of ['amount', 'currency', 'country', 'gateway', 'environment']) {
      expect(read({ ...OFFER, [name]: null })).to.deep.equal(refused('missing_attribute', name));
    }
    expect(read({ ...OFFER, merchantName: null })).to.deep.equal(
      refused('missing_attribute', 'merchant-name'),
    );
    expect(read({ ...MINIMUM, merchantId: 'g' })).to.deep.equal(refused('missing_attribute', 'amount'));
  });

  it('need Google’s merchant id in production', () => {
    const production = { ...OFFER, environment: 'PRODUCTION' };
    expect(read(production)).to.deep.equal(refused('missing_attribute', 'merchant-id'));
    const reading = read({ ...production, merchantId: 'BCR2' });
    expect(reading.kind === 'settings' && reading.offer?.methods[0]).to.deep.include({ merchantId: 'BCR2' });
  });

  const wrong: Record<string, [name: string, values: unknown[]]> = {
    amount: [
      'amount',
      [
        '125',
        '125.5',
        '125,00',
        '0.00',
        '-1.00',
        '01.00',
        '1e3',
        ' 1.00',
        '1.000',
        '',
        '٣.00',
        125,
        '12345678901234.00',
      ],
    ],
    endpoint: [
      'endpoint',
      [
        '',
        'javascript:alert(1)',
        'JavaScript:alert(1)',
        'web+pay:x',
        'ftp://x/pay',
        'data:,',
        '/p ay',
        'https://[',
      ],
    ],
    orderId: ['order-id', ['', 'a b', 'a/b', '..', '.', 'x'.repeat(65), 'ї']],
    returnUrl: ['return-url', ['javascript:alert(1)', '', 'https://[']],
    merchantName: ['merchant-name', ['', 'a\nb', 'x'.repeat(257)]],
  };
  for (const [property, [name, values]] of Object.entries(wrong)) {
    it(`refuse what is not ${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`, () => {
      for (const value of values) {
        expect(read({ ...OFFER, [property]: value }), String(value)).to.deep.equal(
          refused('invalid_attribute', name),
        );
      }
    });
  }

  const choices: Record<string, [name: string, allowed: string[], others: string[]]> = {
    method: ['method', ['auto', 'google-pay', 'hosted-page'], ['googlepay', 'card']],
    presentation: ['presentation', ['auto', 'modal', 'inline', 'redirect'], ['popup']],
    locale: ['locale', ['uk', 'ru', 'uz', 'en'], ['de', 'uk-UA']],
    currency: ['currency', ['UAH', 'UZS'], ['USD', 'uah']],
    country: ['country', ['UA', 'UZ'], ['RU', 'ua']],
    environment: ['environment', ['TEST', 'PRODUCTION'], ['test', 'LIVE']],
  };
  for (const [property, [name, allowed, others]] of Object.entries(choices)) {
    it(`take as ${name} one word of ${allowed.length}, and nothing around it`, () => {
      const from = { ...OFFER, merchantId: 'BCR2' };
      for (const value of allowed)
        expect(read({ ...from, [property]: value }).kind, value).to.equal('settings');
      for (const value of ['', ...others, ...allowed.flatMap((word) => [`x${word}`, `${word}x`])]) {
        const reading = read({ ...from, [property]: value });
        expect(reading, value).to.deep.equal(refused('invalid_attribute', name));
      }
    });
  }

  it('take every id that is one segment of an address', () => {
    for (const orderId of ['1', 'A-1_b.2', '...', '..a', '.well', 'x'.repeat(64)]) {
      expect(read({ ...MINIMUM, orderId }).kind, orderId).to.equal('settings');
    }
  });

  it('take an amount to the last digit', () => {
    for (const [amount, minor] of [
      ['0.01', 1],
      ['4.35', 435],
      ['9999999999999.99', 999_999_999_999_999],
    ] as const) {
      const reading = readSettings({ ...OFFER, amount }, []);
      expect(reading.kind === 'settings' && reading.offer?.money.minor).to.equal(minor);
    }
  });

  it('take relative and absolute endpoints', () => {
    for (const endpoint of [
      '/pay',
      'pay',
      './pay',
      'https://shop.example/pay',
      'http://localhost:8080/pay',
      'HTTPS://SHOP.EXAMPLE/pay',
    ]) {
      expect(read({ ...MINIMUM, endpoint }).kind, endpoint).to.equal('settings');
    }
  });

  it('refuse a misspelt one', () => {
    for (const name of [
      'orderid',
      'ammount',
      'gateway-merchantid',
      'buttoncolor',
      'pay-locale',
      'idd',
      'langs',
    ]) {
      expect(readSettings(MINIMUM, ['endpoint', 'order-id', name])).to.deep.equal(
        refused('unknown_attribute', name),
      );
    }
  });

  it('leave those alone that any element may carry', () => {
    const names =
      'accesskey class dir disabled draggable exportparts hidden id inert is lang nonce part popover role slot style tabindex title translate aria-label data-x onclick ng-version _ngcontent-abc v-cloak x-data @click :class itemscope jsname_1';
    expect(readSettings(MINIMUM, ['endpoint', 'order-id', ...names.split(' ')]).kind).to.equal('settings');
  });

  const settings = (part: object): Settings => {
    const reading = read({ ...OFFER, ...part });
    if (reading.kind === 'refused') throw new Error(reading.attribute);
    const look = { buttonColor: null, buttonType: null, buttonRadius: null, buttonSizeMode: null, buttonBorderType: null }; // prettier-ignore
    return { ...reading, button: { locale: 'en', look } };
  };

  it('make the same checkout at another price, and another one with any other difference', () => {
    const before = settings({});
    expect(differOnlyInPrice(before, settings({}))).to.equal(true);
    expect(differOnlyInPrice(before, settings({ amount: '7.00', currency: 'UZS' }))).to.equal(true);
    for (const other of [
      { country: 'UZ' },
      { orderId: 'B-2' },
      { method: 'google-pay' },
      { gateway: 'other' },
    ]) {
      expect(differOnlyInPrice(before, settings(other)), JSON.stringify(other)).to.equal(false);
    }
  });

  it('are the same to a framework that leaves out by null and to one that leaves out by undefined', () => {
    const before = settings({});
    const button = { locale: 'en', look: {} as Settings['button']['look'] };
    expect(differOnlyInPrice(before, { ...before, button })).to.equal(true);
  });
});
