import { expect } from '@open-wc/testing';
import { next, type Phase, type Signal } from '../../../src/checkout/phase.js';
import { redirect, threeds, view } from '../../support/browser/fake-merchant.js';

const waiting = view({ status: 'requires_action', action: threeds() });
const newer = { ...waiting, version: 2 };
const other = view({ status: 'requires_action', action: { ...redirect(), id: 'other' } });
const processing = view();
const approved = view({ status: 'approved' });

const PHASES = {
  loading: { name: 'loading' },
  ready: { name: 'ready', method: 'google-pay' },
  'ready for the page': { name: 'ready', method: 'hosted-page' },
  sheet: { name: 'sheet' },
  submitting: { name: 'submitting', method: 'hosted-page' },
  challenge: { name: 'challenge', payment: waiting },
  redirecting: { name: 'redirecting', payment: waiting },
  checking: { name: 'checking', payment: processing, offline: false },
  'checking offline': { name: 'checking', payment: undefined, offline: true },
  'back from the bank': { name: 'checking', payment: waiting, offline: false },
  'bank not shown': { name: 'checking', payment: waiting, offline: false, problem: 'threeds_error' },
  done: { name: 'done', payment: approved },
  unavailable: { name: 'unavailable', problem: 'network' },
  invalid: { name: 'invalid', problem: 'missing_attribute', attribute: 'endpoint' },
} satisfies Record<string, Phase>;

type Place = keyof typeof PHASES;

const SIGNALS = {
  started: { kind: 'started' },
  misconfigured: { kind: 'misconfigured', problem: 'invalid_attribute', attribute: 'amount' },
  prepared: { kind: 'prepared', method: 'google-pay' },
  'sheet opened': { kind: 'sheet_opened' },
  'sheet closed': { kind: 'sheet_closed' },
  submitted: { kind: 'submitted', method: 'google-pay' },
  'failed for good': { kind: 'failed', problem: 'already_paid' },
  'failed for now': { kind: 'failed', problem: 'order_busy' },
  'bank asks': { kind: 'viewed', payment: newer, leaves: false },
  'bank asks on its own page': { kind: 'viewed', payment: newer, leaves: true },
  'another action': { kind: 'viewed', payment: other, leaves: true },
  processing: { kind: 'viewed', payment: processing, leaves: false },
  approved: { kind: 'viewed', payment: approved, leaves: false },
  returned: { kind: 'returned' },
  proceeded: { kind: 'proceeded', leaves: false },
  'proceeded to a page': { kind: 'proceeded', leaves: true },
  interrupted: { kind: 'interrupted' },
} satisfies Record<string, Signal>;

type Happening = keyof typeof SIGNALS;

/** Every phase that every signal moves on. */
const MOVES = Object.entries(PHASES).flatMap(([place, phase]: [string, Phase]) =>
  Object.entries(SIGNALS)
    .map(([happening, signal]: [string, Signal]) => ({
      after: next(phase, signal),
      signal,
      what: `${happening}: ${place}`,
    }))
    .filter(({ after }) => after !== phase),
);

/** Where each signal leads from each phase. What is not named here changes nothing. */
const LEADS: Record<Happening, Partial<Record<Place, Phase['name']>>> = {
  started: everyPlaceBut(['loading'], 'loading'),
  misconfigured: everyPlaceBut([], 'invalid'),
  prepared: { loading: 'ready' },
  'sheet opened': { ready: 'sheet' },
  'sheet closed': { sheet: 'ready' },
  submitted: { ready: 'submitting', 'ready for the page': 'submitting', sheet: 'submitting' },
  'failed for good': { ...everyPlaceBut(['done', 'invalid'], 'unavailable'), challenge: 'checking' },
  'failed for now': {
    ...everyPlaceBut(['done', 'invalid'], 'unavailable'),
    challenge: 'checking',
    sheet: 'ready',
    submitting: 'ready',
  },
  'bank asks': {
    ...everyPlaceBut(['done', 'challenge', 'redirecting'], 'challenge'),
    'back from the bank': 'checking',
    'bank not shown': 'checking',
  },
  'bank asks on its own page': {
    ...everyPlaceBut(['done', 'challenge', 'redirecting'], 'checking'),
    submitting: 'redirecting',
  },
  'another action': { ...everyPlaceBut(['done'], 'checking'), submitting: 'redirecting' },
  processing: everyPlaceBut(['done'], 'checking'),
  approved: everyPlaceBut(['done'], 'done'),
  returned: { challenge: 'checking', redirecting: 'checking' },
  proceeded: { 'back from the bank': 'challenge', 'bank not shown': 'redirecting' },
  'proceeded to a page': { 'back from the bank': 'redirecting', 'bank not shown': 'redirecting' },
  interrupted: {
    loading: 'checking',
    submitting: 'checking',
    checking: 'checking',
    'back from the bank': 'checking',
    'bank not shown': 'checking',
  },
};

function everyPlaceBut(places: Place[], name: Phase['name']): Partial<Record<Place, Phase['name']>> {
  const all = Object.keys(PHASES).filter((place) => !places.includes(place as Place));
  return Object.fromEntries(all.map((place) => [place, name]));
}

describe('the phases of a checkout', () => {
  for (const [happening, leads] of Object.entries(LEADS) as [Happening, (typeof LEADS)[Happening]][]) {
    it(`“${happening}” leads where the table says, from every phase`, () => {
      for (const [place, phase] of Object.entries(PHASES) as [Place, Phase][]) {
        const after = next(phase, SIGNALS[happening]);
        const expected = leads[place];
        if (expected) expect(after.name, place).to.equal(expected);
        else expect(after, place).to.equal(phase);
      }
    });
  }

  it('remembers what went wrong where the button is usable again', () => {
    expect(next(PHASES.sheet, SIGNALS['failed for now'])).to.deep.equal({
      name: 'ready',
      method: 'google-pay',
      problem: 'order_busy',
    });
    expect(next(PHASES.submitting, SIGNALS['failed for now'])).to.deep.include({ method: 'hosted-page' });
    const blocked = { kind: 'failed', problem: 'popup_blocked', instead: 'hosted-page' } as const;
    expect(next(PHASES.sheet, blocked)).to.deep.include({ method: 'hosted-page', problem: 'popup_blocked' });
  });

  it('is offline until the server answers again', () => {
    const offline = next(PHASES['back from the bank'], SIGNALS.interrupted);
    expect(offline).to.deep.equal({ name: 'checking', payment: waiting, offline: true });
    expect(next(offline, SIGNALS.interrupted)).to.equal(offline);
    expect(next(offline, SIGNALS['bank asks'])).to.deep.include({ offline: false });
  });

  it('is offline only where the server did not answer', () => {
    for (const { after, signal, what } of MOVES) {
      if (after.name === 'checking') expect(after.offline, what).to.equal(signal.kind === 'interrupted');
    }
  });

  it('carries the payment as the server described it last', () => {
    for (const { after, signal, what } of MOVES) {
      if (signal.kind === 'viewed') expect(Reflect.get(after, 'payment'), what).to.equal(signal.payment);
    }
  });

  it('keeps in mind that the bank could not be shown, while the same check goes on', () => {
    expect(next(PHASES['bank not shown'], SIGNALS['bank asks'])).to.deep.include({
      problem: 'threeds_error',
    });
    expect(next(PHASES['bank not shown'], SIGNALS.processing)).not.to.have.property('problem');
  });
});
