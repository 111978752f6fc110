type Readiness = 'yes' | 'no' | 'error' | 'silent';

interface OpenSheet {
  readonly request: google.payments.api.PaymentDataRequest;
  confirm(): void;
  reject(reason: unknown): void;
}

/** pay.js, as far as a button needs it: the far side of Google's own element, which runs for real. */
export class FakeGoogle {
  readiness: Readiness = 'yes';
  /** Holds the answer of `isReadyToPay` back until it settles. */
  hold: Promise<void> = Promise.resolve();
  readonly buttons: google.payments.api.ButtonOptions[] = [];
  readonly sheets: OpenSheet[] = [];
  clients: google.payments.api.PaymentOptions[] = [];
  #opened = () => undefined as void;

  constructor() {
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- the class below is called with its own `this`
    const fake = this;
    class PaymentsClient {
      constructor(options: google.payments.api.PaymentOptions) {
        fake.clients.push(options);
      }
      createButton(options: google.payments.api.ButtonOptions): HTMLElement {
        fake.buttons.push(options);
        const root = document.createElement('div');
        const button = document.createElement('button');
        button.type = 'button';
        button.className = 'gpay-button';
        button.setAttribute('aria-label', 'Google Pay');
        button.textContent = 'G';
        button.addEventListener('click', options.onClick);
        root.append(button);
        return root;
      }
      isReadyToPay(): Promise<{ result: boolean }> {
        if (fake.readiness === 'silent') return new Promise(() => undefined);
        if (fake.readiness === 'error') return Promise.reject(new Error('DEVELOPER_ERROR'));
        return fake.hold.then(() => ({ result: fake.readiness === 'yes' }));
      }
      prefetchPaymentData(): void {
        // Nothing to fetch.
      }
      loadPaymentData(request: google.payments.api.PaymentDataRequest): Promise<unknown> {
        return new Promise((resolve, reject) => {
          fake.sheets.push({
            request: structuredClone(request),
            confirm: () => resolve(paymentData()),
            reject,
          });
          Object.assign(request, { i: {}, environment: 'TEST' }); // as pay.js does
          fake.#opened();
        });
      }
    }
    Object.assign(window, { google: { payments: { api: { PaymentsClient } } } });
  }

  close(): void {
    Reflect.deleteProperty(window, 'google');
  }

  /** The sheet that is open, or the next one. */
  async sheet(): Promise<OpenSheet> {
    while (this.sheets.length === 0) await new Promise<void>((done) => (this.#opened = done));
    return this.sheets.at(-1)!;
  }
}

export function paymentData(): google.payments.api.PaymentData {
  return {
    apiVersion: 2,
    apiVersionMinor: 0,
    paymentMethodData: {
      type: 'CARD',
      description: 'Visa •••• 1234',
      info: { cardNetwork: 'VISA', cardDetails: '1234' },
      tokenizationData: { type: 'PAYMENT_GATEWAY', token: '{"signature":"SECRET-token\\u003d"}' },
    },
  };
}
