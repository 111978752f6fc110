import { randomBytes, randomUUID } from 'node:crypto';
import type { BankManner, BankTraits, WindowSize } from '../scenarios/scenario.js';
import { cresOf, creqOf, readCReq, type CReqReading } from './messages.js';

/** What the bank shows the cardholder before asking for the code. */
export interface Purchase {
  purpose: string;
  /** For display: `1250.50 UAH`. */
  amount: string;
  maskedPan: string;
}

interface Open extends Purchase {
  /** Its name in the addresses of the bank's pages, and in the journal. */
  id: string;
  manner: BankManner;
  openedAt: number;
  /** Until when the bank waits for the cardholder; unknown until it has shown a page. */
  closesAt?: number;
  result?: 'Y' | 'N';
}
export interface Version1 extends Open {
  version: 1;
  PaReq: string;
  MD: string;
  /** Comes with the PaReq, in the browser. */
  TermUrl: string;
  PaRes?: string;
}
export interface Version2 extends Open {
  version: 2;
  threeDSServerTransID: string;
  messageVersion: string;
  /** Where the CRes goes: the merchant named it in its purchase, not in the browser. */
  notificationUrl: string;
  creq: string;
  /** As the CReq that came named it. */
  windowSize: WindowSize;
  /** The merchant's; it goes back unchanged (EMV 3DS Core 2.3.1, requirement 139). */
  threeDSSessionData?: string;
  cres?: string;
}
export type BankChallenge = Version1 | Version2;

/** What the journal calls a challenge. */
export function challengeName(challenge: BankChallenge): string {
  return `acs:${challenge.id}`;
}

const SECOND = 1_000;

/** How long the bank waits, from each of its pages on (EMV 3DS Core 2.3.1, requirement 226). */
export function patienceOf({ manner }: BankChallenge): number {
  return manner === 'impatient' ? 3 * SECOND : 600 * SECOND;
}

/** The cardholder's bank: it remembers every challenge, and what it said about it. */
export class Bank {
  readonly #now: () => number;
  readonly #challenges = new Map<string, BankChallenge>();

  constructor(now: () => number) {
    this.#now = now;
  }

  openVersion1(purchase: Purchase, { bank = 'code' }: BankTraits = {}): Version1 {
    const challenge: Version1 = {
      ...purchase,
      version: 1,
      id: randomUUID(),
      manner: bank,
      openedAt: this.#now(),
      PaReq: randomBytes(180).toString('base64'),
      MD: `MD-${randomBytes(12).toString('hex')}`,
      TermUrl: '',
    };
    this.#challenges.set(challenge.id, challenge);
    return challenge;
  }

  openVersion2(
    purchase: Purchase,
    notificationUrl: string,
    { bank = 'code', windowSize = '03' }: BankTraits = {},
  ): Version2 {
    const ids = { id: randomUUID(), threeDSServerTransID: randomUUID(), messageVersion: '2.1.0' };
    const challenge: Version2 = {
      ...purchase,
      ...ids,
      version: 2,
      manner: bank,
      openedAt: this.#now(),
      notificationUrl,
      windowSize,
      creq: creqOf(ids, windowSize),
    };
    this.#challenges.set(challenge.id, challenge);
    return challenge;
  }

  /** One whose cardholder has been here. */
  visited(id: string): BankChallenge | undefined {
    const challenge = this.#challenges.get(id);
    return challenge?.closesAt === undefined ? undefined : challenge;
  }

  findByMd(md: string): Version1 | undefined {
    return [...this.#challenges.values()].find(
      (each): each is Version1 => each.version === 1 && each.MD === md,
    );
  }

  readCReq(text: string): CReqReading {
    return readCReq(text, (acsTransID) => this.#challenges.get(acsTransID), this.#now());
  }

  /** The bank shows a page: its time begins anew. */
  wait(challenge: BankChallenge): void {
    challenge.closesAt = this.#now() + patienceOf(challenge);
  }

  /** Whether nothing the cardholder does can change the result any more. */
  isOver({ result, closesAt }: BankChallenge): boolean {
    return result !== undefined || (closesAt !== undefined && this.#now() >= closesAt);
  }

  /** The first decision stands: a page sent twice changes nothing. What comes too late is a no. */
  decide(challenge: BankChallenge, wanted: 'Y' | 'N'): void {
    if (challenge.result) return;
    const result = this.isOver(challenge) ? 'N' : wanted;
    challenge.result = result;
    if (challenge.version === 1) challenge.PaRes = paRes();
    else challenge.cres = cresOf(challenge, result);
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
    this.#challenges.clear();
  }
}

/** Opaque to everybody but the bank, and in lines of 76 characters, as MIME base64 has them. */
function paRes(): string {
  return randomBytes(300).toString('base64').replace(/.{76}/g, '$&\r\n');
}

function withoutBreaks(text = ''): string {
  return text.replaceAll('\r\n', '');
}
