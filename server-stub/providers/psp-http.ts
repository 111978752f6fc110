import { Agent, buildConnector, request, type FormData } from 'undici';
import { parseJsonObject, type JsonObject } from './json-object.js';
import type { ProviderResult } from './provider.js';

/** What came of one call. `why` is a sentence of ours: nothing of the provider's text and nothing that was sent. */
export type PspReply =
  /** The body is exactly one JSON object; the status may be any. `freshFor`: seconds for which it may be kept, if any. */
  | { kind: 'answer'; status: number; json: JsonObject; freshFor?: number }
  /** Answered, but not with one JSON object. */
  | { kind: 'odd'; status: number; why: string }
  /** No whole answer. `sent` is false only where it is certain that no byte of the request left this machine. */
  | { kind: 'none'; sent: boolean; why: string };

/** Milliseconds, bytes. */
export interface PspLimits {
  connect: number;
  headers: number;
  total: number;
  body: number;
}

const LIMITS: PspLimits = { connect: 3_000, headers: 10_000, total: 30_000, body: 1_048_576 };

/** Marks an error that happened before there was a connection to write to (name, TCP, TLS). */
class NotConnected extends Error {
  override readonly name = 'NotConnected';
}

/**
 * Calls a payment service provider, once. No redirect is followed, nothing is repeated, certificates are verified,
 * and no compression is asked for, so the limit on the body is a limit on what is read.
 *
 * Every call has a connection of its own: on a kept one, a request that crosses the provider's closing of it leaves
 * nobody knowing whether it was executed.
 */
export class PspHttp {
  readonly #limits: PspLimits;
  readonly #agent: Agent;

  constructor(limits: Partial<PspLimits> = {}) {
    this.#limits = { ...LIMITS, ...limits };
    // Said here, so that no setting of Node in the environment weakens it.
    const connect = buildConnector({
      timeout: this.#limits.connect,
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
    });
    this.#agent = new Agent({
      pipelining: 0, // undici's word for "no kept connections"
      maxResponseSize: this.#limits.body,
      connect: (options, callback) =>
        connect(options, (...[error, socket]) => {
          if (error) callback(new NotConnected('no connection', { cause: error }), null);
          else callback(null, socket);
        }),
    });
  }

  get(url: string, headers: Record<string, string> = {}): Promise<PspReply> {
    return this.#call('GET', url, headers);
  }

  /** A text body is JSON; a form goes out as `multipart/form-data`. */
  post(url: string, body: string | FormData, headers: Record<string, string> = {}): Promise<PspReply> {
    const type = typeof body === 'string' ? { 'content-type': 'application/json' } : {};
    return this.#call('POST', url, { ...type, ...headers }, body);
  }

  async #call(
    method: 'GET' | 'POST',
    url: string,
    headers: Record<string, string>,
    body?: string | FormData,
  ): Promise<PspReply> {
    let status: number | undefined;
    try {
      const response = await request(url, {
        method,
        headers: { accept: 'application/json', 'user-agent': 'pay-elements', ...headers },
        body: body ?? null,
        dispatcher: this.#agent,
        headersTimeout: this.#limits.headers,
        bodyTimeout: this.#limits.total,
        signal: AbortSignal.timeout(this.#limits.total),
      });
      status = response.statusCode;
      const bytes = await response.body.arrayBuffer();
      if ((response.headers['content-encoding'] ?? 'identity') !== 'identity')
        return { kind: 'odd', status, why: 'The answer was compressed, which was not asked for.' };
      return readAnswer(status, bytes, freshness(response.headers));
    } catch (error) {
      if (error instanceof NotConnected)
        return { kind: 'none', sent: false, why: 'No connection to the provider.' };
      if (status !== undefined && codeOf(error) === 'UND_ERR_RES_EXCEEDED_MAX_SIZE')
        return { kind: 'odd', status, why: 'The answer was too large.' };
      if (!isTransportError(error)) throw error;
      const why =
        status === undefined ? 'The provider did not answer.' : "The provider's answer was cut off.";
      return { kind: 'none', sent: true, why };
    }
  }
}

/** What an adapter calls its provider by. */
export type PspClient = Pick<PspHttp, 'get' | 'post'>;

/** Whether there is an answer that may be believed: of an HTTP error not even an approving body is. */
export function isSuccess(reply: PspReply): reply is Extract<PspReply, { kind: 'answer' }> {
  return reply.kind === 'answer' && reply.status >= 200 && reply.status < 300;
}

/** The outcome of a call without such an answer. */
export function undecided(reply: PspReply): ProviderResult {
  const why = reply.kind === 'answer' ? 'The provider answered with an HTTP error.' : reply.why;
  return { kind: 'unknown', why, sent: reply.kind !== 'none' || reply.sent };
}

function readAnswer(status: number, bytes: ArrayBuffer, freshFor: number): PspReply {
  const text = decode(bytes);
  const json = text === undefined ? undefined : parseJsonObject(text);
  if (!json) return { kind: 'odd', status, why: 'The answer was not exactly one JSON object.' };
  return { kind: 'answer', status, json, ...(freshFor > 0 && { freshFor }) };
}

/** max-age less the time that the answer has spent in caches; zero where nothing is allowed (RFC 9111, 4.2). */
function freshness(headers: Readonly<Record<string, string | string[] | undefined>>): number {
  const control = String(headers['cache-control'] ?? '');
  const maxAge = /(?:^|[\s,])max-age="?(\d{1,9})"?(?:$|[\s,])/i.exec(control)?.[1];
  if (maxAge === undefined || /(?:^|[\s,])no-(?:store|cache)\b/i.test(control)) return 0;
  const age = /^\d{1,9}$/.exec(String(headers['age'] ?? ''))?.[0];
  return Math.max(0, Number(maxAge) - Number(age ?? 0));
}

/** Strict UTF-8. A byte order mark is kept, for the JSON reader to refuse. */
function decode(bytes: ArrayBuffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined; // Not UTF-8, which the caller reports.
  }
}

/** Whether the network or the other side failed, by the codes of undici, its HTTP parser, TLS and the system. */
function isTransportError(error: unknown): boolean {
  if (error instanceof DOMException) return error.name === 'TimeoutError';
  const code = codeOf(error);
  return (
    typeof code === 'string' &&
    /^(UND_ERR_(?!INVALID|NOT_SUPPORTED)|HPE_|ERR_(SSL|TLS|STREAM)_|E[A-Z]+$)/.test(code)
  );
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
