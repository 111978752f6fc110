import { loadPayJs } from './pay-js.js';

type PaymentsClient = google.payments.api.PaymentsClient;

/** How long Google may take to say whether it can pay. */
const SILENCE_MS = 10_000;

export type SheetProblem = 'google_pay_error' | 'popup_blocked';

/** What the button tells. */
export interface Sheet {
  /** Within the click, before the sheet opens; false keeps it closed. */
  opening(): boolean;
  paid(data: google.payments.api.PaymentData): void;
  /** The shopper closed it. */
  closed(): void;
  failed(problem: SheetProblem): void;
}

/** Names and values of pay.js, see `ButtonOptions`; what is left out is its choice. */
export type ButtonLook = Record<
  'buttonColor' | 'buttonType' | 'buttonRadius' | 'buttonSizeMode' | 'buttonBorderType',
  string | null | undefined
>;

export interface GoogleButton {
  readonly environment: google.payments.api.Environment;
  /** Its `transactionInfo` may be replaced at any time and counts from the next click. Nothing else may change. */
  readonly request: google.payments.api.PaymentDataRequest;
  /** Two letters; anything longer falls back to English. */
  readonly locale: string;
  readonly look: ButtonLook;
  readonly nonce: string;
  readonly sheet: Sheet;
}

/**
 * Mounts Google's own button in an empty slot, until the signal aborts. `no`: Google cannot pay in this browser.
 * `failed`: Google does not load or does not answer, or nobody wants the button any more.
 */
export async function mountGoogleButton(
  slot: HTMLElement,
  button: GoogleButton,
  signal: AbortSignal,
): Promise<'ready' | 'no' | 'failed'> {
  try {
    if (!(await loadPayJs(button.nonce)) || signal.aborted) return 'failed';
    const client = clientFor(button);
    const { result } = await withinTime(client.isReadyToPay(structuredClone(button.request)));
    if (signal.aborted) return 'failed';
    if (!result) return 'no';
    slot.replaceChildren(createButton(client, button, slot));
    signal.addEventListener('abort', () => slot.replaceChildren());
    if (!slot.querySelector('button')) return 'failed';
    // By itself: a button whose sheet opens more slowly is a good button.
    queueMicrotask(() => prefetch(client, button.request));
    return 'ready';
  } catch {
    return 'failed'; // pay.js or the browser has written the reason to the console
  }
}

const clients = new Map<string, PaymentsClient>();

/** pay.js never takes back the listener that a client adds to the window, so buttons that are alike share a client. */
function clientFor({ environment, request: { merchantInfo }, nonce }: GoogleButton): PaymentsClient {
  const options: google.payments.api.PaymentOptions = { environment, merchantInfo, nonce };
  const key = JSON.stringify(options);
  const { PaymentsClient } = google.payments.api;
  const known = clients.get(key);
  if (known instanceof PaymentsClient) return known;
  const client = new PaymentsClient(options);
  clients.set(key, client);
  return client;
}

function createButton(client: PaymentsClient, button: GoogleButton, slot: HTMLElement): HTMLElement {
  const { look, locale, request, sheet } = button;
  const given = Object.entries({ ...look, buttonRadius: look.buttonRadius && Number(look.buttonRadius) });
  const options = {
    ...Object.fromEntries(given.filter(([, value]) => value != null)),
    buttonLocale: locale,
    // Inside a shadow root pay.js has to be told where its styles belong.
    buttonRootNode: slot.getRootNode(),
    onClick: () => {
      if (sheet.opening()) void openSheet(client, request, sheet);
    },
  };
  return client.createButton(options as unknown as google.payments.api.ButtonOptions);
}

/** Opens only within the click: nothing may be waited for before. pay.js writes into the request that it gets. */
async function openSheet(
  client: PaymentsClient,
  request: google.payments.api.PaymentDataRequest,
  sheet: Sheet,
): Promise<void> {
  try {
    sheet.paid(await client.loadPaymentData(structuredClone(request)));
  } catch (reason) {
    const problem = problemOf(reason);
    if (problem) sheet.failed(problem);
    else sheet.closed();
  }
}

/** Makes the sheet open faster. The price may still change, and is not part of what is fetched. */
function prefetch(client: PaymentsClient, request: google.payments.api.PaymentDataRequest): void {
  const transactionInfo = {
    totalPriceStatus: 'NOT_CURRENTLY_KNOWN',
    currencyCode: request.transactionInfo?.currencyCode,
  } as google.payments.api.TransactionInfo;
  client.prefetchPaymentData?.({ ...structuredClone(request), transactionInfo });
}

/** Rejects when Google stays silent. */
function withinTime<T>(answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(reject, SILENCE_MS);
    void answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/**
 * What a rejection of `loadPaymentData` means; undefined where the shopper closed the sheet. pay.js rejects with plain
 * objects, with strings, and with errors, of which it marks as CANCELED whatever the browser refused, too.
 */
function problemOf(reason: unknown): SheetProblem | undefined {
  if (reason === 'failed to open window') return 'popup_blocked';
  const { name = 'Error', statusCode } = Object(reason) as { name?: string; statusCode?: string };
  const isClosed = name === 'AbortError' || (name === 'Error' && statusCode === 'CANCELED');
  return isClosed ? undefined : 'google_pay_error';
}
