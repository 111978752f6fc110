import * as z from 'zod/mini';
import type { WindowSize } from '../scenarios/scenario.js';
import type { BankChallenge, Version2 } from './bank.js';

/** The members of a CReq in a browser (EMV 3DS Core 2.3.1, Table B.4). */
const CReq = z.object({
  threeDSServerTransID: z.uuid(),
  acsTransID: z.uuid(),
  messageType: z.string(),
  messageVersion: z.string(),
  challengeWindowSize: z.optional(z.enum(['01', '02', '03', '04', '05'])),
});

/** Why a CReq cannot be answered with a challenge (EMV 3DS Core 2.3.1, Table A.4). */
export interface Fault {
  code: keyof typeof FAULTS;
  detail: string;
}

const FAULTS = {
  101: 'Message received invalid',
  102: 'Message version number not supported',
  203: 'Format of one or more data elements is invalid',
  301: 'Transaction ID not recognised',
  402: 'Transaction timed out',
  403: 'Transient system failure',
} as const;

/** What the CReq says, for whoever looks on. */
export type Facts = Record<string, unknown>;

export type CReqReading =
  | { kind: 'challenge'; challenge: Version2; windowSize: WindowSize; facts: Facts }
  /** It names a challenge of this bank, and cannot be answered. */
  | { kind: 'refused'; challenge: Version2; fault: Fault; facts: Facts }
  /** Nobody can be told: no challenge says where to. */
  | { kind: 'unreadable' };

/** The first CReq has to come within 30 seconds (EMV 3DS Core 2.3.1, requirement 220). */
const FIRST_CREQ_MS = 30_000;

/** Padding is forgiven (EMV 3DS FAQ 68); everything else has to be as the specification says. */
export function readCReq(
  text: string,
  find: (acsTransID: string) => BankChallenge | undefined,
  now: number,
): CReqReading {
  const message = /^[A-Za-z0-9_-]+={0,2}$/.test(text) ? objectIn(text) : undefined;
  if (!message) return { kind: 'unreadable' };
  const challenge = find(String(message['acsTransID']).toLowerCase());
  if (challenge?.version !== 2) return { kind: 'unreadable' };

  const facts = factsOf(message);
  const refused = (code: Fault['code'], detail: string) =>
    ({ kind: 'refused', challenge, fault: { code, detail }, facts }) as const;
  const read = CReq.safeParse(message);
  if (!read.success) return refused(203, read.error.issues.map(({ path }) => path.join('.')).join(','));
  const { messageType, messageVersion, threeDSServerTransID, challengeWindowSize } = read.data;
  if (messageType !== 'CReq') return refused(101, 'messageType');
  if (messageVersion !== challenge.messageVersion) return refused(102, 'messageVersion');
  if (threeDSServerTransID.toLowerCase() !== challenge.threeDSServerTransID) {
    return refused(301, 'threeDSServerTransID');
  }
  if (challenge.closesAt === undefined && now > challenge.openedAt + FIRST_CREQ_MS) {
    return refused(402, 'The first CReq came later than 30 seconds after the challenge was ordered');
  }
  return { kind: 'challenge', challenge, windowSize: challengeWindowSize ?? '05', facts };
}

/** What can be shown of a message: all but the ids, which would make it up again. */
export function factsOf(message: Facts): Facts {
  const shown = ['messageType', 'messageVersion', 'challengeWindowSize', 'transStatus', 'errorCode'];
  return Object.fromEntries(Object.entries(message).filter(([name]) => shown.includes(name)));
}

type Ids = Pick<Version2, 'id' | 'threeDSServerTransID' | 'messageVersion'>;

export function creqOf(ids: Ids, challengeWindowSize: WindowSize): string {
  return base64urlJson({ ...named(ids), challengeWindowSize, messageType: 'CReq' });
}

/** The final message of a challenge (EMV 3DS Core 2.3.1, Table B.5). */
export function cresOf(ids: Ids, transStatus: 'Y' | 'N'): string {
  return base64urlJson({ ...named(ids), challengeCompletionInd: 'Y', messageType: 'CRes', transStatus });
}

/** Sent instead of a CRes where the CReq cannot be answered (EMV 3DS Core 2.3.1, Table B.10). */
export function erroOf(ids: Ids, { code, detail }: Fault): string {
  return base64urlJson({
    ...named(ids),
    errorCode: String(code),
    errorComponent: 'A',
    errorDescription: FAULTS[code],
    errorDetail: detail,
    errorMessageType: 'CReq',
    messageType: 'Erro',
  });
}

function named({ id, threeDSServerTransID, messageVersion }: Ids) {
  return { threeDSServerTransID, acsTransID: id, messageVersion };
}

function base64urlJson(message: object): string {
  return Buffer.from(JSON.stringify(message)).toString('base64url');
}

/** The JSON object in a message of this bank or of a stranger; `undefined`: there is none. */
export function objectIn(base64url: string): Facts | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(base64url, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined; // Not JSON: not a message of 3-D Secure.
  }
}
