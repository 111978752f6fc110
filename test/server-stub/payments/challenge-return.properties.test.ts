import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { judgeReturn, readReturn } from '../../../server-stub/payments/challenge-return.js';
import { CHALLENGE_1, CHALLENGE_2, CREQ, cres, encode } from '../support/records.js';

const bytes = fc.uint8Array({ maxLength: 200 }).map((raw) => Buffer.from(raw).toString('latin1'));
const name = fc.constantFrom('cres', 'CRes', 'PaRes', 'pares', 'MD', 'md', 'cres[]', 'MD[0]', 'other');
const fields = fc
  .array(fc.tuple(name, fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(cres(), CHALLENGE_1.MD))), {
    maxLength: 4,
  })
  .map((pairs) => pairs.map((pair) => pair.map(encodeURIComponentLoosely).join('=')).join('&'));
const challenge = fc.constantFrom(CHALLENGE_1, CHALLENGE_2);

test('whatever bytes a bank or a stranger posts, they are read without an exception', () => {
  fc.assert(
    fc.property(fc.oneof(bytes, fields, fc.string({ unit: 'binary' })), challenge, (form, open) => {
      const returned = readReturn(form);
      if (returned) assert.ok(['complete', 'ask', 'ignore'].includes(judgeReturn(open, returned)));
    }),
    { numRuns: 1_000 },
  );
});

test('only a form with one cres, or with one PaRes and one MD, is a return', () => {
  const count = (form: string, wanted: string) =>
    [...new URLSearchParams(form).keys()].filter((key) => key.toLowerCase().split('[')[0] === wanted).length;
  fc.assert(
    fc.property(fields, (form) => {
      const returned = readReturn(form);
      if (returned?.version === 2) assert.deepEqual([count(form, 'cres'), count(form, 'pares')], [1, 0]);
      if (returned?.version === 1)
        assert.deepEqual([count(form, 'pares'), count(form, 'md'), count(form, 'cres')], [1, 1, 0]);
    }),
    { numRuns: 1_000 },
  );
});

test('F1 F5 only the message that belongs to the challenge, with a status that ends it, completes 3-D Secure', () => {
  const ids = fc.record(
    {
      threeDSServerTransID: fc.constantFrom(CREQ.threeDSServerTransID, CREQ.acsTransID, ''),
      acsTransID: fc.constantFrom(CREQ.acsTransID, CREQ.acsTransID.toUpperCase(), 'x'),
      messageVersion: fc.constantFrom('2.1.0', '2.2.0'),
      messageType: fc.constantFrom('CRes', 'Erro', 'CReq'),
      transStatus: fc.constantFrom<unknown>('Y', 'N', 'D', 'A', 'U', 'C', 'y', '', 1, null, ['Y']),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(ids, (message) => {
      const verdict = judgeReturn(CHALLENGE_2, { version: 2, cres: encode(message) });
      const belongs =
        message.threeDSServerTransID === CREQ.threeDSServerTransID &&
        message.acsTransID?.toLowerCase() === CREQ.acsTransID &&
        message.messageVersion === CREQ.messageVersion;
      const ends = message.messageType === 'CRes' && ['Y', 'N', 'D'].includes(String(message.transStatus));
      assert.equal(verdict === 'complete', belongs && ends);
      if (!belongs) assert.equal(verdict, 'ignore');
    }),
    { numRuns: 1_000 },
  );
});

/** As sloppy forms arrive: a lone surrogate, which no encoder takes, stays as it is. */
function encodeURIComponentLoosely(text: string): string {
  return text.isWellFormed() ? encodeURIComponent(text) : text;
}
