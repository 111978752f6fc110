import { randomBytes, randomUUID } from 'node:crypto';
import * as z from 'zod/mini';

/** What the bank shows the cardholder before asking for the code. */
export interface Purchase {
  purpose: string;
  /** For display: `1250.50 UAH`. */
  amount: string;
  maskedPan: string;
}

interface Open extends Purchase {
  result?: 'Y' | 'N';
}
export interface Version1 extends Open {
  version: 1;
  PaReq: string;
  MD: string;
  PaRes?: string;
}
export interface Version2 extends Open {
  version: 2;
  acsTransID: string;
  threeDSServerTransID: string;
  messageVersion: string;
  /** Where the CRes goes: the merchant named it in its purchase, not in the browser. */
  notificationUrl: string;
  creq: string;
  cres?: string;
}
export type BankChallenge = Version1 | Version2;

/** What the journal calls a challenge. */
export function challengeName(challenge: BankChallenge): string {
  return `acs:${challenge.version === 2 ? challenge.acsTransID : challenge.MD}`;
}

/** The challenge request, with the members that must be there (EMV 3DS Core 2.3.1, Table B.4). */
const CReq = z.object({
  threeDSServerTransID: z.uuid(),
  acsTransID: z.uuid(),
  messageType: z.literal('CReq'),
  messageVersion: z.string(),
  challengeWindowSize: z.optional(z.enum(['01', '02', '03', '04', '05'])),
});

/** `refused`: it names a challenge of this bank, but contradicts it. */
export type CReqReading =
  | { kind: 'challenge'; challenge: Version2 }
  | { kind: 'refused'; challenge: Version2 }
  | { kind: 'unreadable' };

/** The cardholder's bank: it remembers every challenge, and what it said about it. */
export class Bank {
  readonly #byMd = new Map<string, Version1>();
  readonly #byTransaction = new Map<string, Version2>();

  openVersion1(purchase: Purchase): Version1 {
    const challenge: Version1 = {
      ...purchase,
      version: 1,
      PaReq: randomBytes(180).toString('base64'),
      MD: `MD-${randomBytes(12).toString('hex')}`,
    };
    this.#byMd.set(challenge.MD, challenge);
    return challenge;
  }

  openVersion2(purchase: Purchase, notificationUrl: string): Version2 {
    const ids = {
      acsTransID: randomUUID(),
      threeDSServerTransID: randomUUID(),
      messageVersion: '2.1.0',
    };
    const creq = base64urlJson({ ...ids, challengeWindowSize: '03', messageType: 'CReq' });
    const challenge: Version2 = { ...purchase, ...ids, version: 2, notificationUrl, creq };
    this.#byTransaction.set(ids.acsTransID, challenge);
    return challenge;
  }

  findVersion1(md: string): Version1 | undefined {
    return this.#byMd.get(md);
  }

  findVersion2(acsTransID: string): Version2 | undefined {
    return this.#byTransaction.get(acsTransID);
  }

  /** Padding is forgiven (EMV 3DS FAQ 68); everything else has to be as the specification says. */
  readCReq(text: string): CReqReading {
    if (!/^[A-Za-z0-9_-]+={0,2}$/.test(text)) return { kind: 'unreadable' };
    const read = CReq.safeParse(jsonOf(Buffer.from(text, 'base64url').toString('utf8')));
    const challenge = read.success ? this.findVersion2(read.data.acsTransID.toLowerCase()) : undefined;
    if (!read.success || !challenge) return { kind: 'unreadable' };
    const agrees =
      read.data.threeDSServerTransID.toLowerCase() === challenge.threeDSServerTransID &&
      read.data.messageVersion === challenge.messageVersion;
    return { kind: agrees ? 'challenge' : 'refused', challenge };
  }

  /** The first decision stands: a page sent twice changes nothing. */
  decide(challenge: BankChallenge, result: 'Y' | 'N'): void {
    if (challenge.result) return;
    challenge.result = result;
    if (challenge.version === 1) challenge.PaRes = paRes();
    else challenge.cres = cres(challenge, result);
  }

  /** What a message that a merchant passed on is worth. Anything that is not this bank's own word is `false`. */
  confirms(challenge: BankChallenge, message: { cres: string } | { PaRes: string; MD: string }): boolean {
    if (challenge.result !== 'Y') return false;
    if (challenge.version === 2) {
      return 'cres' in message && message.cres.replace(/=+$/, '') === challenge.cres;
    }
    return (
      'MD' in message &&
      message.MD === challenge.MD &&
      withoutBreaks(message.PaRes) === withoutBreaks(challenge.PaRes)
    );
  }

  clear(): void {
    this.#byMd.clear();
    this.#byTransaction.clear();
  }
}

/** The final message of a challenge (EMV 3DS Core 2.3.1, Table B.5). */
function cres(challenge: Version2, transStatus: 'Y' | 'N'): string {
  return base64urlJson({
    threeDSServerTransID: challenge.threeDSServerTransID,
    acsTransID: challenge.acsTransID,
    challengeCompletionInd: 'Y',
    messageType: 'CRes',
    messageVersion: challenge.messageVersion,
    transStatus,
  });
}

/** Sent instead of a CRes where the CReq cannot be answered (EMV 3DS Core 2.3.1, Table B.10). */
export function erro(challenge: Version2): string {
  return base64urlJson({
    threeDSServerTransID: challenge.threeDSServerTransID,
    acsTransID: challenge.acsTransID,
    errorCode: '305',
    errorComponent: 'A',
    errorDescription: 'Transaction data not valid',
    errorDetail: 'threeDSServerTransID or messageVersion',
    errorMessageType: 'CReq',
    messageType: 'Erro',
    messageVersion: challenge.messageVersion,
  });
}

/** Opaque to everybody but the bank, and in lines of 76 characters, as MIME base64 has them. */
function paRes(): string {
  return randomBytes(300).toString('base64').replace(/.{76}/g, '$&\r\n');
}

function withoutBreaks(text = ''): string {
  return text.replaceAll('\r\n', '');
}

function base64urlJson(message: object): string {
  return Buffer.from(JSON.stringify(message)).toString('base64url');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
