import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { CreatePayment, GooglePayMethod, Offer } from '../contract/api.js';
import { isFinal } from '../contract/final.js';
import type { Money } from '../contract/money.js';
import type { MethodType, PaymentView } from '../contract/payment.js';
import { mountGoogleButton, type Sheet } from '../google-pay/google-button.js';
import { paymentDataRequest, toPaymentData, transactionInfo } from '../google-pay/request.js';
import { browserInfo } from '../threeds/browser-info.js';
import { isSafeUrl } from '../threeds/safe-url.js';
import { newKey } from './attempt-memory.js';
import type { CheckoutHooks } from './checkout-hooks.js';
import { findPayment } from './find-payment.js';
import { insist } from './insist.js';
import type { Answer } from './merchant-client.js';
import { isUsableAgain, type PayErrorCode } from './pay-error.js';
import { next, type Phase, type Signal } from './phase.js';
import { beginRun, type Run } from './run.js';
import { differOnlyInPrice, type Refusal, type Settings } from './settings.js';
import { paymentInUrl, withoutPayment } from './return-address.js';
import { watchPayment } from './watch-payment.js';

/** Nothing is under way: other attributes may still make another checkout. */
const IDLE: readonly Phase['name'][] = ['loading', 'ready', 'unavailable'];

/** Takes one order from its offer to a final answer. */
export class CheckoutController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #hooks: CheckoutHooks;
  #phase: Phase = { name: 'loading' };
  #payment: PaymentView | null = null;
  #settings: Settings | undefined;
  #run: Run | undefined;
  #offer: Offer | undefined;
  #request: google.payments.api.PaymentDataRequest | undefined;
  /** The bank check that was shown last. */
  #shown: string | undefined;
  /** Payments whose end was told. */
  readonly #told = new Set<string>();

  constructor(host: ReactiveControllerHost, hooks: CheckoutHooks) {
    this.#host = host;
    this.#hooks = hooks;
    host.addController(this);
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** The payment of this order, as the server described it last. */
  get payment(): PaymentView | null {
    return this.#payment;
  }

  hostDisconnected(): void {
    this.#run?.ending.abort();
    this.#run = undefined;
  }

  /** Makes these settings count, as far as they can while a payment is under way. May be called with the same ones. */
  configure(settings: Settings): void {
    const before = this.#settings;
    this.#settings = settings;
    const isOther = before?.endpoint !== settings.endpoint || before.orderId !== settings.orderId;
    if (isOther || (!this.#run && this.#phase.name !== 'done')) return this.#start(settings);
    if (settings.offer) this.#reprice(settings.offer.money);
    if (IDLE.includes(this.#phase.name) && this.#run && !differOnlyInPrice(this.#run.settings, settings)) {
      this.#start(settings);
    }
  }

  /** Stops everything: the attributes do not hold together. */
  refuse({ code, attribute }: Refusal): void {
    this.hostDisconnected();
    this.#settings = undefined;
    this.#apply({ kind: 'misconfigured', problem: code, attribute });
    this.#hooks.failed(code, attribute);
  }

  /** Takes up the payment of this id. */
  resume(paymentId: string): void {
    if (this.#settings) this.#start(this.#settings, paymentId);
  }

  /** Forgets the attempt and offers the order again. */
  reset(): void {
    if (!this.#settings) return;
    const run = this.#restart(this.#settings);
    run.memory.forget();
    // Else a reload would find the payment that has just been left.
    if (paymentInUrl()) history.replaceState(history.state, '', withoutPayment(location.href));
    void this.#prepare(run);
  }

  pay(): void {
    if (this.#phase.name !== 'ready') return;
    if (this.#phase.method === 'google-pay') this.#hooks.googleSlot().querySelector('button')?.click();
    else if (this.#run && this.#offer && this.#hooks.mayBegin('hosted-page')) {
      void this.#submit(this.#run, { type: 'hosted-page' }, this.#offer.money);
    }
  }

  /** The shopper gives up. What became of the payment the server says, and it may be paid. */
  async cancel(): Promise<void> {
    const run = this.#run;
    const payment = 'payment' in this.#phase && this.#phase.payment;
    if (!run || !payment) return;
    this.#apply({ kind: 'returned' });
    const answer = await insist(run, () => run.client.cancel(payment.id, run.signal), this.#interrupted);
    if (answer?.kind === 'ok') this.#take(run, answer.value);
  }

  /** The shopper is back from the bank: the server is asked now. */
  returned(): void {
    this.#apply({ kind: 'returned' });
    this.#run?.wake.call();
  }

  /** The shopper goes on with a payment that waits for it. */
  proceed(): void {
    const action = this.#payment?.action;
    if (action) this.#apply({ kind: 'proceeded', leaves: this.#hooks.leaves(action) });
  }

  /** The bank's page cannot be shown here. The payment goes on. */
  challengeFailed(): void {
    if (this.#run) this.#fail(this.#run, 'threeds_error');
  }

  #start(settings: Settings, resume?: string): void {
    const run = this.#restart(settings);
    this.#apply({ kind: 'started' });
    void this.#findThenOffer(run, resume);
  }

  #restart(settings: Settings): Run {
    this.hostDisconnected();
    this.#payment = null;
    const run = beginRun(settings);
    // A page that comes back as it stood has lost nothing of a bank check within it.
    const onShow = (event: PageTransitionEvent): void => {
      if (event.persisted && this.#phase.name === 'redirecting') this.returned();
    };
    window.addEventListener('pageshow', onShow, { signal: run.signal });
    this.#run = run;
    return run;
  }

  #reprice(money: Money): void {
    if (!this.#offer) return;
    this.#offer = { ...this.#offer, money };
    if (this.#request) this.#request.transactionInfo = transactionInfo(money, this.#offer.country);
  }

  async #findThenOffer(run: Run, resume: string | undefined): Promise<void> {
    const payment = await findPayment(run, resume, this.#interrupted);
    if (run.signal.aborted) return;
    if (payment) await this.#follow(run, payment);
    else if (resume) this.#fail(run, 'payment_not_found');
    else await this.#prepare(run);
  }

  async #prepare(run: Run): Promise<void> {
    const { settings, client, signal } = run;
    this.#apply({ kind: 'started' });
    const answer: Answer<Offer> = settings.offer
      ? { kind: 'ok', value: settings.offer }
      : await client.offer(settings.orderId, signal);
    if (signal.aborted) return;
    if (answer.kind !== 'ok') return this.#fail(run, answer.code);
    const methods = answer.value.methods.filter(({ type }) => [type, 'auto'].includes(settings.method));
    const offer = (this.#offer = { ...answer.value, methods });

    let problem: PayErrorCode | undefined;
    for (const method of offer.methods) {
      const readiness = method.type === 'google-pay' ? await this.#mountGoogle(run, offer, method) : 'ready';
      if (signal.aborted) return;
      if (readiness === 'ready') {
        this.#apply({ kind: 'prepared', method: method.type });
        // The shopper has a way to pay: why it is not Google's is for the page alone. Any listener may end it.
        if (problem && !signal.aborted) this.#hooks.failed(problem);
        return signal.aborted ? undefined : this.#hooks.prepared(method.type);
      }
      if (readiness === 'failed') problem = 'google_pay_unavailable';
    }
    this.#fail(run, problem ?? 'no_method');
  }

  #mountGoogle(run: Run, offer: Offer, method: GooglePayMethod): Promise<'ready' | 'no' | 'failed'> {
    const request = paymentDataRequest(offer, method);
    const button = {
      ...run.settings.button,
      nonce: this.#hooks.nonce(),
      environment: method.environment,
      request,
      sheet: this.#sheet(run, offer),
    };
    this.#request = request;
    return mountGoogleButton(this.#hooks.googleSlot(), button, run.signal);
  }

  #sheet(run: Run, { money, methods }: Offer): Sheet {
    let shown = money;
    let blocked = 0;
    const isIn = (phase: Phase['name']): boolean => !run.signal.aborted && this.#phase.name === phase;
    return {
      opening: () => {
        if (!isIn('ready') || !this.#hooks.mayBegin('google-pay')) return false;
        shown = this.#offer?.money ?? money;
        this.#apply({ kind: 'sheet_opened' });
        return isIn('sheet');
      },
      paid: (data) => {
        if (isIn('sheet'))
          void this.#submit(run, { type: 'google-pay', paymentData: toPaymentData(data) }, shown);
      },
      closed: () => {
        if (!isIn('sheet')) return;
        this.#apply({ kind: 'sheet_closed' });
        this.#hooks.dismissed();
      },
      failed: (problem) => {
        // Apps' web views open no windows, and nobody can allow them there: the second time another method follows.
        const instead = problem === 'popup_blocked' && blocked++ ? methods.at(-1)?.type : undefined;
        this.#fail(run, problem, instead);
      },
    };
  }

  async #submit(run: Run, method: CreatePayment['method'], expected: Money): Promise<void> {
    const { client, memory, settings, signal } = run;
    const key = newKey();
    memory.write({ key });
    this.#apply({ kind: 'submitted', method: method.type });
    const body = {
      orderId: settings.orderId,
      expected,
      ...this.#hooks.payer(),
      browser: browserInfo(),
      method,
    };
    let isFirst = true;
    const create = async (): Promise<Answer<PaymentView>> => {
      const given = await client.create(body, key, signal);
      // "Not now" says that this request did nothing, and only before the first is there no other.
      const notNow = isFirst && given.kind === 'unknown' && isUsableAgain(given.code);
      isFirst = false;
      return notNow ? ({ ...given, kind: 'refused' } as Answer<never>) : given;
    };
    const answer = await insist(run, create, this.#interrupted);
    if (answer?.kind === 'refused') {
      memory.forget();
      this.#fail(run, answer.code);
    } else if (answer) {
      memory.write({ key, payment: answer.value.id });
      await this.#follow(run, answer.value);
    }
  }

  async #follow(run: Run, payment: PaymentView): Promise<void> {
    this.#take(run, payment);
    for await (const view of watchPayment(run, run.client, payment, this.#interrupted)) this.#take(run, view);
  }

  #take(run: Run, view: PaymentView): void {
    if (run.signal.aborted || (this.#payment && view.version < this.#payment.version)) return;
    const { action } = view;
    if (action?.type === 'redirect' && !isSafeUrl(action.url)) return this.#fail(run, 'unsafe_url');
    const final = isFinal(view.status);
    if (final) {
      run.memory.forget();
      run.ending.abort();
    }
    this.#payment = final ? { ...view, action: null } : view;
    // Also the bank's page within this one is shown once unasked: the element may have been moved meanwhile.
    const leaves = action !== null && (action.id === this.#shown || this.#hooks.leaves(action));
    this.#apply({ kind: 'viewed', payment: this.#payment, leaves });
    if (!final || this.#told.has(view.id)) return;
    this.#told.add(view.id);
    this.#hooks.finished(this.#payment);
  }

  #fail(run: Run, problem: PayErrorCode, instead?: MethodType): void {
    if (run.signal.aborted) return;
    this.#apply({ kind: 'failed', problem, instead });
    if (this.#phase.name === 'unavailable') run.ending.abort();
    this.#hooks.failed(problem);
  }

  readonly #interrupted = (): void => this.#apply({ kind: 'interrupted' });

  #apply(signal: Signal): void {
    const previous = this.#phase;
    this.#phase = next(previous, signal);
    if (this.#phase === previous) return;
    if (this.#phase.name === 'challenge') this.#shown = this.#phase.payment.action?.id;
    this.#host.requestUpdate();
    this.#hooks.phaseChanged(previous);
  }
}
