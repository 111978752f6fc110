import { parseJsonObject } from '../../server-stub/providers/json-object.js';
import type { PspClient, PspReply } from '../../server-stub/providers/psp-http.js';
import type { Chance } from './chance.js';
import { count, type Ledger } from './ledger.js';
import type { GlobalPayModel } from './model-globalpay.js';
import { textOf, type ProcardModel } from './model-procard.js';
import type { Time } from './time.js';

export const PROCARD_URL = 'https://pay.procard.example/api/';
export const GLOBALPAY_URL = 'https://checkout.globalpay.example/checkout';
/** As the server's own client waits. */
const CLIENT_TIMEOUT_MS = 30_000;

/** What may befall a request on its way. `late`: it is executed long after the caller has given up. */
const CONDUCTS = [
  'refused',
  'lost',
  'answer_lost',
  'http_500',
  'html',
  'wrong_types',
  'late',
  'slow',
] as const;
type Conduct = 'well' | (typeof CONDUCTS)[number];

export interface NetworkDeps {
  chance: Chance;
  time: Time;
  ledger: Ledger;
  procard: ProcardModel;
  globalpay: GlobalPayModel;
  /** Told of every request that starts or finishes a payment, as it leaves the server. */
  onSend: (reference: { procard: string } | { globalpay: string } | { transactionKey: string }) => void;
}

/** The wires between the servers and both providers. */
export class Network {
  /** The probability that something befalls a request. */
  trouble = 0;
  readonly #deps: NetworkDeps;

  constructor(deps: NetworkDeps) {
    this.#deps = deps;
  }

  /** The client that one server has. `report`: how many renewals of its access token are under way. */
  client(report: (renewals: number) => void): PspClient {
    let renewals = 0;
    return {
      get: (url, headers) => this.#call('GET', url, '', headers),
      post: async (url, body, headers) => {
        const isRenewal = url.includes('/merchant/auth');
        if (isRenewal) report(++renewals);
        const reply = await this.#call('POST', url, body, headers);
        if (isRenewal) renewals--;
        return reply;
      },
    };
  }

  async #call(
    method: 'GET' | 'POST',
    url: string,
    body: string | object,
    headers: Record<string, string> = {},
  ): Promise<PspReply> {
    const { chance, time } = this.#deps;
    this.#note(url, body);
    const conduct: Conduct = chance.happens(this.trouble) ? chance.pick(CONDUCTS) : 'well';
    const sentAt = time.now();
    const timedOut = async (): Promise<PspReply> => {
      await time.sleep(sentAt + CLIENT_TIMEOUT_MS - time.now());
      return { kind: 'none', sent: true, why: 'The provider did not answer.' };
    };
    if (conduct === 'refused') return { kind: 'none', sent: false, why: 'No connection to the provider.' };
    if (conduct === 'lost') return timedOut();
    if (conduct === 'late') {
      time.after(chance.int(31_000, 180_000), () => void this.#execute(method, url, body, headers));
      return timedOut();
    }
    await time.sleep(chance.int(5, 300));
    const { status, json } = this.#execute(method, url, body, headers);
    if (conduct === 'slow') await time.sleep(chance.int(5_000, 25_000));
    await time.sleep(chance.int(5, 300));
    switch (conduct) {
      case 'answer_lost':
        return chance.happens(0.5)
          ? timedOut()
          : { kind: 'none', sent: true, why: 'The answer was cut off.' };
      case 'http_500':
        return answer(500, json);
      case 'html':
        return { kind: 'odd', status: 200, why: 'The answer was not exactly one JSON object.' };
      case 'wrong_types':
        return answer(status, ofOtherTypes(json));
      default:
        return answer(status, json);
    }
  }

  #execute(method: 'GET' | 'POST', url: string, body: string | object, headers: Record<string, string>) {
    const { procard, globalpay } = this.#deps;
    if (url.startsWith(PROCARD_URL))
      return { status: 200, json: procard.execute(url.slice(PROCARD_URL.length), body as FormData) };
    const path = url.slice(GLOBALPAY_URL.length);
    const reply = globalpay.execute(method, path, headers['authorization'], body as string);
    return { status: reply.status, json: reply.body };
  }

  #note(url: string, body: string | object): void {
    const { ledger, onSend } = this.#deps;
    if (url.endsWith('/v1/user-service-tokens')) {
      onSend({ globalpay: (JSON.parse(body as string) as { externalId: string }).externalId });
    }
    if (url !== PROCARD_URL) return;
    const form = body as FormData;
    if (form.get('operation') === 'Complete3DS') {
      const transactionKey = textOf(form, 'transaction_key');
      count(ledger.completionsSent, transactionKey);
      onSend({ transactionKey });
    } else {
      const reference = textOf(form, 'order_id');
      count(ledger.purchasesSent, reference);
      onSend({ procard: reference });
    }
  }
}

/** As the server's client reads it. */
function answer(status: number, json: object): PspReply {
  const read = parseJsonObject(JSON.stringify(json));
  return read
    ? { kind: 'answer', status, json: read, freshFor: 0 }
    : { kind: 'odd', status, why: 'The answer was not exactly one JSON object.' };
}

/** The right names, and under each of them what nobody expects. */
function ofOtherTypes(json: object): object {
  return Object.fromEntries(Object.keys(json).map((key) => [key, [{}]]));
}
