import type { WindowSize } from '../contract/next-action.js';
import { toWindowSize, windowSizeOf } from './challenge-window.js';
import type { FormPost } from './form-post.js';
import { isSafeUrl } from './safe-url.js';

/** Where the shopper is sent: to the merchant's host page, or with a form straight to the bank. */
export type Destination =
  { readonly kind: 'host-page'; readonly url: string } | ({ readonly kind: 'bank' } & FormPost);

/** One bank check, read from the attributes and found to be safe. */
export interface Challenge {
  /** Tells the challenges of one page apart. It holds the bank's message: it may not leave this folder. */
  readonly key: string;
  readonly destination: Destination;
  /** 3-D Secure 1 banks return with `_top`, which a frame rightly refuses: they get the whole page. */
  readonly fits: 'modal' | 'redirect';
  readonly windowSize: WindowSize;
  /** The only origin whose messages count. */
  readonly messageOrigin: string;
  /** What those messages must carry. Unknown where the page holds the bank's frame itself. */
  readonly id: string | undefined;
}

/** The attributes of `<threeds-frame>` that make a challenge. Frameworks leave out by `undefined`, Lit by `null`. */
export interface ChallengeAttributes {
  readonly frameUrl?: Attribute;
  readonly acsUrl?: Attribute;
  readonly creq?: Attribute;
  readonly sessionData?: Attribute;
  readonly pareq?: Attribute;
  readonly md?: Attribute;
  readonly termUrl?: Attribute;
  readonly windowSize?: Attribute;
  readonly messageOrigin?: Attribute;
}

type Attribute = string | null | undefined;

export type ChallengeReading =
  | { readonly kind: 'challenge'; readonly challenge: Challenge }
  | { readonly kind: 'refused'; readonly code: 'invalid_url' | 'invalid_challenge' };

const MAX_MESSAGE = 65_536;
/** EMV 3DS Core 2.3.1, Table A.3: bytes of `threeDSSessionData` after encoding. */
const MAX_SESSION_DATA = 1_024;

const INVALID_URL: ChallengeReading = { kind: 'refused', code: 'invalid_url' };
const INVALID_CHALLENGE: ChallengeReading = { kind: 'refused', code: 'invalid_challenge' };

/** Whether there is enough to begin with, right or wrong. */
export function isComplete({ frameUrl, acsUrl, creq, pareq }: ChallengeAttributes): boolean {
  return frameUrl != null || (acsUrl != null && (creq != null || pareq != null));
}

/** Judges the attributes before any frame is made. The host page wins where both it and the bank are named. */
export function readChallenge(attributes: ChallengeAttributes): ChallengeReading {
  const { frameUrl, acsUrl, messageOrigin } = attributes;
  if (messageOrigin != null && !isSafeUrl(messageOrigin)) return INVALID_URL;
  if (frameUrl != null) return readHostPage(frameUrl, attributes);
  return acsUrl == null ? INVALID_CHALLENGE : readBank(acsUrl, attributes);
}

function readHostPage(
  url: string,
  { creq, windowSize, messageOrigin }: ChallengeAttributes,
): ChallengeReading {
  if (!isSafeUrl(url)) return INVALID_URL;
  return {
    kind: 'challenge',
    challenge: {
      key: url,
      destination: { kind: 'host-page', url },
      fits: 'modal',
      windowSize: pickWindowSize(windowSize, creq),
      messageOrigin: originOf(messageOrigin ?? url),
      id: new URL(url).pathname.split('/').at(-1),
    },
  };
}

function readBank(url: string, attributes: ChallengeAttributes): ChallengeReading {
  const { creq, termUrl, windowSize, messageOrigin } = attributes;
  // With `allow-scripts` and `allow-same-origin` a page of our own origin could take its sandbox off.
  if (!isSafeUrl(url) || originOf(url) === location.origin) return INVALID_URL;
  if (termUrl != null && !isSafeUrl(termUrl)) return INVALID_URL;
  const fields = readFields(attributes);
  if (!fields) return INVALID_CHALLENGE;
  return {
    kind: 'challenge',
    challenge: {
      key: JSON.stringify(fields.creq ?? fields),
      destination: { kind: 'bank', url, fields },
      fits: creq == null ? 'redirect' : 'modal',
      windowSize: pickWindowSize(windowSize, creq),
      messageOrigin: originOf(messageOrigin ?? termUrl ?? location.href),
      id: undefined,
    },
  };
}

/** The names are those of 3-D Secure 1.0.2 and of EMV 3DS Core 2.3.1, Table A.3. */
function readFields({
  creq,
  sessionData,
  pareq,
  md,
  termUrl,
}: ChallengeAttributes): FormPost['fields'] | undefined {
  if (creq != null && pareq == null) {
    if (creq === '' || creq.length > MAX_MESSAGE) return undefined;
    if (sessionData == null) return { creq };
    return sessionData.length > MAX_SESSION_DATA ? undefined : { creq, threeDSSessionData: sessionData };
  }
  // MD may be empty, but a bank that gets none does not find its way back.
  if (creq != null || !pareq || pareq.length > MAX_MESSAGE || md == null || termUrl == null) return undefined;
  return { PaReq: pareq, MD: md, TermUrl: termUrl };
}

function pickWindowSize(attribute: Attribute, creq: Attribute): WindowSize {
  if (attribute == null && creq != null) return windowSizeOf(creq);
  return toWindowSize(attribute);
}

function originOf(url: string): string {
  return new URL(url).origin;
}
