import type { Check } from '../journal.js';
import type { World } from '../world.js';
import { challengeName, type BankChallenge } from './bank.js';
import { factsOf, objectIn } from './messages.js';
import { statusOf, type Screen } from './screens.js';

/** Something the shopper's browser brought to the bank. */
export interface Brought {
  startedAt: number;
  operation: 'PaReq' | 'CReq' | 'decision' | 'decision in the app';
  sent: object;
  challenge: BankChallenge | undefined;
  checks: readonly Check[];
}

/** What the bank answered with, in words. */
const SHOWN: Record<Screen['kind'], string> = {
  challenge: 'a page that asks the shopper',
  blank: 'a white page',
  return: 'a form that posts itself to the shop',
  app: 'a question in the app',
  'app-done': 'thanks, in the app',
  unknown: 'an error page: the bank does not know this request',
};

/** Writes down a request and the page it got; and the form that goes back through the browser, if that is the page. */
export function record(world: World, brought: Brought, screen: Screen): void {
  const { challenge, ...message } = brought;
  const about = challenge ? [challengeName(challenge)] : [];
  const window = screen.kind === 'challenge' &&
    screen.challenge.version === 2 && { challengeWindowSize: screen.challenge.windowSize };
  const answer = { shows: SHOWN[screen.kind], ...window };
  world.journal.add({ ...message, from: 'page', to: 'bank', status: statusOf(screen), answer, about });
  if (screen.kind !== 'return') return;
  const copies = screen.challenge.manner === 'posts-twice' ? 2 : 1;
  for (let copy = 0; copy < copies; copy += 1) recordReturn(world, screen);
}

/** The bank never learns how its form was answered: it went through the browser. */
function recordReturn(world: World, { challenge, to, fields }: Extract<Screen, { kind: 'return' }>): void {
  const decoded = factsOf(objectIn(fields['cres'] ?? '') ?? {});
  world.journal.add({
    startedAt: world.now(),
    from: 'bank',
    // On its own card page a provider is the one who asked.
    to: new URL(to).origin === world.origin ? 'provider' : 'server',
    operation: challenge.version === 1 ? 'PaRes' : String(decoded['messageType']),
    sent: challenge.version === 1 ? fields : { ...fields, decoded },
    status: null,
    answer: null,
    about: [challengeName(challenge)],
  });
}
