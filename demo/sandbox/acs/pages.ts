import { Hono, type Context } from 'hono';
import { pickLanguage } from '../page.js';
import { RIGHT_CODE } from '../scenarios.js';
import { formOf, isWebAddress, type World } from '../world.js';
import type { BankChallenge, Version2 } from './bank.js';
import { erroOf, type CReqReading, type Fault } from './messages.js';
import { record, type Brought } from './record.js';
import { policyOf, render, statusOf, type Screen } from './screens.js';

/** How long a slow bank's page is waited for. */
const SLOW_MS = 2_000;

const UNKNOWN: Screen = { kind: 'unknown' };

/**
 * The bank's pages. 3-D Secure 1: PaReq, MD, TermUrl come in, PaRes and MD go back. 3-D Secure 2: creq comes in,
 * cres goes to the notification address (EMV 3DS Core 2.3.1, requirements 117 and 139).
 */
export function acsPages(world: World): Hono {
  const { bank } = world;
  const app = new Hono();

  app.post('/3ds1', async (c) => {
    const startedAt = world.now();
    const form = await formOf(c);
    const challenge = bank.findByMd(form.get('MD') ?? '');
    const TermUrl = form.get('TermUrl') ?? '';
    const checks = [
      { what: 'MD is that of a challenge', passed: challenge !== undefined },
      { what: 'PaReq belongs to it', passed: challenge?.PaReq === form.get('PaReq') },
      { what: 'TermUrl is a web address', passed: isWebAddress(TermUrl) },
    ];
    const sent = Object.fromEntries(form);
    const brought = { startedAt, operation: 'PaReq', sent, challenge, checks } as const;
    if (!challenge || checks.some(({ passed }) => !passed)) return say(c, UNKNOWN, brought);
    challenge.TermUrl = TermUrl;
    return say(c, await enter(challenge), brought);
  });

  app.post('/3ds2', async (c) => {
    const startedAt = world.now();
    const form = await formOf(c);
    const reading = bank.readCReq(form.get('creq') ?? '');
    const brought = { startedAt, operation: 'CReq', checks: checksOf(reading) } as const;
    const sent = Object.fromEntries(form);
    if (reading.kind === 'unreadable') return say(c, UNKNOWN, { ...brought, sent, challenge: undefined });
    const { challenge, facts } = reading;
    if (form.has('threeDSSessionData')) challenge.threeDSSessionData = form.get('threeDSSessionData') ?? '';
    const screen = reading.kind === 'refused' ? fail(challenge, reading.fault) : await greet(reading);
    return say(c, screen, { ...brought, sent: { ...sent, decoded: facts }, challenge });
  });

  app.post('/:id/answer', async (c) => {
    const startedAt = world.now();
    const form = await formOf(c);
    const challenge = bank.visited(c.req.param('id'));
    const decision = form.get('decision') ?? 'none, the time is over';
    const brought = { startedAt, operation: 'decision', sent: { decision }, challenge, checks: [] } as const;
    if (!challenge) return say(c, UNKNOWN, brought);
    if (challenge.manner === 'app') {
      // Only the app can say yes; until it has spoken, this page goes on waiting for it.
      if (decision === 'confirm' && !bank.isOver(challenge)) return say(c, await enter(challenge), brought);
      bank.decide(challenge, 'N');
      return say(c, leave(challenge), brought);
    }
    const passed = form.get('code')?.trim() === RIGHT_CODE;
    bank.decide(challenge, decision === 'confirm' && passed ? 'Y' : 'N');
    const checks = decision === 'confirm' ? [{ what: 'code of the text message', passed }] : [];
    return say(c, leave(challenge), { ...brought, checks });
  });

  app.get('/:id/app', (c) => {
    const challenge = bank.visited(c.req.param('id'));
    return show(c, challenge ? { kind: 'app', challenge } : UNKNOWN);
  });

  app.post('/:id/app', async (c) => {
    const startedAt = world.now();
    const decision = (await formOf(c)).get('decision');
    const challenge = bank.visited(c.req.param('id'));
    const brought = { startedAt, operation: 'decision in the app', sent: { decision }, checks: [] } as const;
    if (!challenge) return say(c, UNKNOWN, { ...brought, challenge });
    bank.decide(challenge, decision === 'confirm' ? 'Y' : 'N');
    return say(c, { kind: 'app-done' }, { ...brought, challenge });
  });

  app.get('/:id/state', (c) => {
    const challenge = bank.visited(c.req.param('id'));
    return c.json({ isOver: !challenge || bank.isOver(challenge) });
  });

  function greet({ challenge, windowSize }: Extract<CReqReading, { kind: 'challenge' }>) {
    challenge.windowSize = windowSize;
    return challenge.manner === 'error'
      ? fail(challenge, { code: 403, detail: 'So it is with this card' })
      : enter(challenge);
  }

  /** The shopper is here. A decided challenge goes on to where it leads. */
  async function enter(challenge: BankChallenge): Promise<Screen> {
    if (challenge.result) return leave(challenge);
    if (challenge.manner === 'slow') await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
    bank.wait(challenge);
    return challenge.manner === 'blank' ? { kind: 'blank' } : { kind: 'challenge', challenge };
  }

  function say(c: Context, screen: Screen, brought: Brought): Response | Promise<Response> {
    record(world, brought, screen);
    return show(c, screen);
  }

  return app;
}

function checksOf(reading: CReqReading) {
  return [
    { what: 'creq is base64url of JSON, and names a challenge', passed: reading.kind !== 'unreadable' },
    ...(reading.kind === 'refused'
      ? [{ what: `no error ${reading.fault.code}: ${reading.fault.detail}`, passed: false }]
      : []),
    ...(reading.kind === 'challenge'
      ? [{ what: 'its ids and version are those of the challenge', passed: true }]
      : []),
  ];
}

function leave(challenge: BankChallenge): Screen {
  if (challenge.version === 1) {
    const { TermUrl: to, PaRes = '', MD } = challenge;
    return { kind: 'return', challenge, to, fields: { PaRes, MD } };
  }
  return goBack(challenge, challenge.cres ?? '');
}

function fail(challenge: Version2, fault: Fault): Screen {
  return goBack(challenge, erroOf(challenge, fault));
}

function goBack(challenge: Version2, cres: string): Screen {
  const { notificationUrl: to, threeDSSessionData } = challenge;
  const session = threeDSSessionData === undefined ? {} : { threeDSSessionData };
  return { kind: 'return', challenge, to, fields: { cres, ...session } };
}

function show(c: Context, screen: Screen): Response | Promise<Response> {
  const lang = pickLanguage(c.req.header('Accept-Language'), ['en', 'uk']);
  c.header('Content-Security-Policy', policyOf(screen));
  c.header('Cache-Control', 'no-store');
  if ('challenge' in screen && screen.challenge.manner === 'no-referrer') {
    c.header('Referrer-Policy', 'no-referrer');
  }
  return c.html(render(screen, lang), statusOf(screen));
}
