import type { NextAction } from '../../src/contract/index.js';
import { RIGHT_CODE, type SandboxCard } from '../../demo/sandbox/scenarios.js';
import { browse, type Fields, type Page } from '../demo/sandbox/merchant.js';
import { unlessLost } from './soak-api.js';

/** What the shopper does with a page: pays with this card, with the right code or a wrong one. */
export interface Doing {
  card: SandboxCard;
  knowsCode: boolean;
  /** How often the bank's answer is posted to the merchant: browsers repeat a form that got no answer. */
  returns: number;
}

/** Passes the bank's check, or fails it, and posts what the bank says to where it says. */
export async function goToBank(
  action: Extract<NextAction, { type: 'threeds' }>,
  doing: Doing,
): Promise<void> {
  await askBank(action.acsUrl, action.fields, doing);
}

/** Pays on a provider's own page. */
export async function payAtPage(url: string, doing: Doing): Promise<void> {
  const { card, knowsCode } = doing;
  const form = (await open(url))?.html.match(/<form id="card-form"[^>]*action="([^"]*)"/)?.[1];
  if (form === undefined) return; // the page is over
  const fields = { number: card.pan, expiry: '12/31', cvv: '123', action: 'pay' };
  const next = await open(new URL(form, url).href, fields);
  if (next?.status === 303 && card.behaviour.kind === 'sms')
    await open(`${url}/code`, { code: knowsCode ? RIGHT_CODE : '000000' });
  else if (next?.status === 200 && next.action !== '')
    await askBank(new URL(next.action, url).href, next.hidden, doing);
}

async function askBank(acsUrl: string, fields: Fields, { knowsCode, returns }: Doing): Promise<void> {
  const asking = await open(acsUrl, fields);
  if (!asking || asking.action === '') return;
  const decision = { code: knowsCode ? RIGHT_CODE : '000000', decision: 'confirm' };
  const said = await open(new URL(asking.action, acsUrl).href, { ...asking.hidden, ...decision });
  if (!said || said.action === '') return;
  const posts = Array.from({ length: returns }, () => open(said.action, said.hidden));
  await Promise.all(posts);
}

/** `undefined`: the connection was lost, or the shopper lost patience. */
function open(url: string, form?: Fields): Promise<Page | undefined> {
  return unlessLost(() => browse(url, form));
}
