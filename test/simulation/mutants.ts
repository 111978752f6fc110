/** A bug that is put into a copy of the server, alone, to see the simulation turn red. */
export interface Mutant {
  id: string;
  bug: string;
  file: string;
  /** Each must stand in the file exactly once. */
  edits: readonly { original: string; mutated: string }[];
  /** One of these has to be named. */
  breaks: readonly string[];
}

export const MUTANTS: readonly Mutant[] = [
  {
    id: 'M1',
    bug: 'the purchase is sent again after a timeout',
    file: 'server-stub/payments/provider-calls.ts',
    edits: [
      {
        original: '(provider) => provider.begin(attempt)',
        mutated: `async (provider) => {
          const first = await provider.begin(attempt);
          return first.kind === 'unknown' ? provider.begin(attempt) : first;
        }`,
      },
    ],
    breaks: ['I1'],
  },
  {
    id: 'M2',
    bug: 'the state is written without comparing the version',
    file: 'server-stub/store/sql/payments.ts',
    edits: [
      {
        original: ".where('version', '=', record.version)",
        mutated: '',
      },
    ],
    breaks: ['I4', 'I7'],
  },
  {
    id: 'M3',
    bug: "a callback's status becomes the payment's status",
    file: 'server-stub/payments/payment-service.ts',
    edits: [
      {
        original: 'this.#later(record.id, () => this.#calls.check(record.id));\n    return { status: 200',
        mutated: `await this.#writer.write(record, ({ status }) =>
      status === 'processing'
        ? { status: /approved/i.test(rawBody) ? 'approved' : 'declined', action: null, nextCheckAt: null }
        : undefined,
    );
    return { status: 200`,
      },
    ],
    breaks: ['I3'],
  },
  {
    id: 'M4',
    bug: 'amounts pass through floating point on the way to the provider',
    file: 'server-stub/providers/procard/amount.ts',
    edits: [
      {
        original: 'const fixed2 = toDecimal(money);',
        mutated: 'const fixed2 = toDecimal({ ...money, minor: Math.floor((money.minor / 100) * 100) || 1 });',
      },
    ],
    breaks: ['I6', 'I3'],
  },
  {
    id: 'M5',
    bug: 'every caller renews the token for itself',
    file: 'server-stub/providers/globalpay/access-token.ts',
    edits: [
      {
        original:
          'this.#renewal ??= this.#renew().finally(() => (this.#renewal = undefined));\n    return this.#renewal;',
        mutated: 'void this.#renewal;\n    return this.#renew();',
      },
    ],
    breaks: ['I10'],
  },
  {
    id: 'M6',
    bug: 'the purchase is sent before `processing` is durable',
    file: 'server-stub/payments/create-payment.ts',
    edits: [
      {
        original: '    if (!(await writer.insert(payment)))',
        mutated: `    const early = this.#deps.calls.begin(payment, attempt, token);
    early.catch(() => undefined);
    if (!(await writer.insert(payment)))`,
      },
    ],
    breaks: ['I5'],
  },
  {
    id: 'M7',
    bug: 'a 5xx or a timeout becomes `declined`',
    file: 'server-stub/providers/psp-http.ts',
    edits: [
      {
        original: "return { kind: 'unknown', why, sent: reply.kind !== 'none' || reply.sent };",
        mutated: "void why;\n  return { kind: 'declined', reason: 'other' };",
      },
    ],
    breaks: ['I2'],
  },
  {
    id: 'M8',
    bug: 'each returned CRes calls Complete3DS',
    file: 'server-stub/payments/payment-service.ts',
    edits: [
      {
        original: "if (record.status !== 'requires_action' || action?.type !== 'threeds') return page;",
        mutated: "if (action?.type !== 'threeds') return page;",
      },
      {
        original: "latest.status === 'requires_action'\n        ? {\n            status: 'processing',",
        mutated: "latest.status !== 'approved'\n        ? {\n            status: 'processing',",
      },
    ],
    breaks: ['I8'],
  },
  {
    id: 'M9',
    bug: "the merchant's notice is written outside the transaction of its state",
    file: 'server-stub/payments/payment-writer.ts',
    edits: [
      {
        original:
          'const after = await this.#deps.store.compareAndSet(before, change, this.#eventOf(before, change));',
        mutated: `const written = await this.#deps.store.compareAndSet(before, change);
      const event = this.#eventOf(before, change);
      const after = written && event ? await this.#deps.store.compareAndSet(written, {}, event) : written;`,
      },
    ],
    breaks: ['I9'],
  },
  {
    id: 'M10',
    bug: "the bank's return is shown as paid",
    file: 'server-stub/payments/payment-service.ts',
    edits: [
      {
        original: "            status: 'processing',\n            action: { ...action, returned: true },",
        mutated: "            status: 'approved',\n            action: null,",
      },
    ],
    breaks: ['I11', 'I3'],
  },
  {
    id: 'M11',
    bug: 'a payment with an unknown outcome is not asked about',
    file: 'server-stub/payments/apply-result.ts',
    edits: [
      {
        original: ': { ...restart(moment), ...raised(record, result.attention) };',
        mutated: ': { nextCheckAt: null, ...raised(record, result.attention) };',
      },
    ],
    breaks: ['I13', 'I2'],
  },
  {
    id: 'M12',
    bug: "the log shows what the shopper's wallet sent",
    file: 'server-stub/payments/provider-calls.ts',
    edits: [
      {
        original: '(provider) => provider.begin(attempt)',
        mutated: `async (provider) => {
          this.#deps.log.info('begun', { why: JSON.stringify(attempt.payWith) });
          return provider.begin(attempt);
        }`,
      },
    ],
    breaks: ['I12'],
  },
  {
    id: 'M13',
    bug: 'an approval after the end is ignored',
    file: 'server-stub/payments/apply-result.ts',
    edits: [
      {
        original: "return { ...approved(record, result, moment), late: true, attention: 'late_approval' };",
        mutated: 'return unscheduled(record);',
      },
    ],
    breaks: ['I2'],
  },
  {
    id: 'M14',
    bug: '"not found" is believed at once',
    file: 'server-stub/payments/schedule.ts',
    edits: [
      {
        original: 'NOT_FOUND_PROVES_AFTER_MS = 10 * MINUTE',
        mutated: 'NOT_FOUND_PROVES_AFTER_MS = 0 * MINUTE',
      },
    ],
    breaks: ['I2'],
  },
  {
    id: 'M15',
    bug: 'Complete3DS is sent again where it was not answered',
    file: 'server-stub/providers/procard/adapter.ts',
    edits: [
      {
        original: "const reply = await this.#post('', fields);",
        mutated:
          "let reply = await this.#post('', fields);\n    if (!isSuccess(reply)) reply = await this.#post('', fields);",
      },
    ],
    breaks: ['I8'],
  },
  {
    id: 'M16',
    bug: 'a notice that did not arrive counts as delivered',
    file: 'server-stub/merchant/outbox.ts',
    edits: [
      {
        original: 'if (told.every(Boolean)) {',
        mutated: 'if (told.length > 0) {',
      },
    ],
    breaks: ['I9'],
  },
  {
    id: 'M17',
    bug: 'a server that was killed leaves its payments alone',
    file: 'server-stub/payments/create-payment.ts',
    edits: [
      {
        original: '...underway(ports.now()),',
        mutated: '...underway(ports.now()),\n      nextCheckAt: null,',
      },
    ],
    breaks: ['I13', 'I2'],
  },
  {
    id: 'M18',
    bug: 'two tabs may each have a payment of one order under way',
    file: 'server-stub/store/migrations/001-payments.ts',
    edits: [
      {
        original: 'create unique index if not exists payments_one_per_order',
        mutated: 'create index if not exists payments_one_per_order',
      },
    ],
    breaks: ['I1'],
  },
];
