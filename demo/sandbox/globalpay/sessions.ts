import { randomBytes } from 'node:crypto';

/** Lives end at these moments: milliseconds, the sandbox's clock. */
interface Session {
  accessToken: string;
  accessEndsAt: number;
  refreshToken: string;
  refreshEndsAt: number;
}

const REFRESH_SECONDS = 1800;

/** Who is logged in to GlobalPay. A merchant may have any number of sessions: each of its servers has one. */
export class GlobalpaySessions {
  readonly #now: () => number;
  readonly #accessSeconds: number;
  #sessions: Session[] = [];

  constructor(now: () => number, accessSeconds: number) {
    this.#now = now;
    this.#accessSeconds = accessSeconds;
  }

  /** A new session, in the words of the auth answer. */
  logIn() {
    const now = this.#now();
    const session: Session = {
      accessToken: `sandbox-access-${randomBytes(18).toString('base64url')}`,
      accessEndsAt: now + this.#accessSeconds * 1000,
      refreshToken: `sandbox-refresh-${randomBytes(18).toString('base64url')}`,
      refreshEndsAt: now + REFRESH_SECONDS * 1000,
    };
    this.#sessions = [...this.#sessions.filter((one) => now < one.refreshEndsAt), session];
    return {
      access_token: session.accessToken,
      expires_in: this.#accessSeconds,
      refresh_token: session.refreshToken,
      refresh_expires_in: REFRESH_SECONDS,
      token_type: 'Bearer',
    };
  }

  /** A refresh token works once, and ends its session: the old access token is refused from then on. */
  refresh(refreshToken: string) {
    const now = this.#now();
    const old = this.#sessions.find((one) => one.refreshToken === refreshToken && now < one.refreshEndsAt);
    if (!old) return undefined;
    this.#sessions = this.#sessions.filter((one) => one !== old);
    return this.logIn();
  }

  accepts(accessToken: string): boolean {
    const now = this.#now();
    return this.#sessions.some((one) => one.accessToken === accessToken && now < one.accessEndsAt);
  }

  clear(): void {
    this.#sessions = [];
  }
}
