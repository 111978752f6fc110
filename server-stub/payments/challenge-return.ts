import { createHash, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import type { Challenge, ChallengeReturn } from '../providers/provider.js';

const MAX_DEPTH = 16;

/**
 * What a bank's return is worth. `complete`: it belongs to this challenge, so 3-D Secure can be finished. `ask`: the
 * bank reports an error or a state of another message, so only the provider can tell. `ignore`: it does not belong here.
 */
export type ReturnVerdict = 'complete' | 'ask' | 'ignore';

const TransactionIds = z.object({
  threeDSServerTransID: z.string(),
  acsTransID: z.string(),
  messageVersion: z.string(),
});
/** Sent by the bank to the notification URL (EMV 3DS Core 2.3.1, Table B.5), or its Erro message. */
const BankMessage = z.extend(TransactionIds, {
  messageType: z.enum(['CRes', 'Erro']),
  transStatus: z.optional(z.unknown()),
});

/** Reads the bank's form: exactly one `cres`, or exactly one `PaRes` with one `MD`, the names in any letter case. */
export function readReturn(form: string): ChallengeReturn | undefined {
  const fields = [...new URLSearchParams(form)].map(([name, value]) => ({ name: name.toLowerCase(), value }));
  const named = (wanted: string) =>
    fields.filter(({ name }) => name === wanted || name.startsWith(`${wanted}[`));
  const only = (wanted: string) => {
    const found = named(wanted);
    return found.length === 1 && found[0]?.name === wanted ? found[0].value : undefined;
  };
  const cres = only('cres');
  const PaRes = only('pares');
  const MD = only('md');
  if (cres !== undefined && named('pares').length === 0) return { version: 2, cres };
  if (PaRes !== undefined && MD !== undefined && named('cres').length === 0) return { version: 1, PaRes, MD };
  return undefined;
}

export function judgeReturn(challenge: Challenge, returned: ChallengeReturn): ReturnVerdict {
  if (challenge.version === 1) return returned.version === 1 ? judgePaRes(challenge.MD, returned) : 'ignore';
  return returned.version === 2 ? judgeCRes(challenge.creq, returned.cres) : 'ignore';
}

/** The PaRes stays opaque: it is compressed XML from a stranger. */
function judgePaRes(md: string, returned: { PaRes: string; MD: string }): ReturnVerdict {
  const belongs = md !== '' && sameInConstantTime(md, returned.MD);
  return belongs && /^[A-Za-z0-9+/=_\-\s]+$/.test(returned.PaRes) ? 'complete' : 'ignore';
}

function judgeCRes(creq: string, cres: string): ReturnVerdict {
  const message = BankMessage.safeParse(decode(cres)).data;
  if (!message) return 'ignore';
  // A creq that cannot be read was still posted as it is; then the unguessable address alone ties the two.
  const request = TransactionIds.safeParse(decode(creq)).data;
  if (request && !sameTransaction(request, message)) return 'ignore';
  if (message.messageType === 'Erro') return 'ask';
  // D: a decoupled authentication follows (Req 471). Every other value belongs to another message (FAQ 15).
  return ['Y', 'N', 'D'].includes(String(message.transStatus)) ? 'complete' : 'ask';
}

function sameTransaction(a: z.infer<typeof TransactionIds>, b: z.infer<typeof TransactionIds>): boolean {
  return (
    a.threeDSServerTransID.toLowerCase() === b.threeDSServerTransID.toLowerCase() &&
    a.acsTransID.toLowerCase() === b.acsTransID.toLowerCase() &&
    a.messageVersion === b.messageVersion
  );
}

/** Banks pad, break lines, use the standard alphabet, and lose a `+` to form decoding. */
function decode(text: string): unknown {
  const base64 = text.replace(/[\r\n]/g, '').replaceAll(' ', '+');
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(base64)) return undefined;
  try {
    const json = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      Buffer.from(base64, 'base64'),
    );
    return isShallow(json) ? JSON.parse(json) : undefined;
  } catch {
    return undefined; // Not UTF-8 or not JSON: not a bank's message.
  }
}

function isShallow(json: string): boolean {
  let depth = 0;
  for (const [mark] of json.replace(/"(?:[^"\\]|\\.)*"/g, '').matchAll(/[[\]{}]/g)) {
    depth += mark === '[' || mark === '{' ? 1 : -1;
    if (depth > MAX_DEPTH) return false;
  }
  return true;
}

function sameInConstantTime(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
