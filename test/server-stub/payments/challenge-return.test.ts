import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { judgeReturn, readReturn } from '../../../server-stub/payments/challenge-return.js';
import { CHALLENGE_1, CHALLENGE_2, cres, CREQ, encode } from '../support/records.js';

const judge = (text: string) => judgeReturn(CHALLENGE_2, { version: 2, cres: text });
const form = (fields: [string, string][]) => readReturn(new URLSearchParams(fields).toString());

describe('the bank’s form', () => {
  test('holds one cres, or one PaRes with one MD, in any letter case', () => {
    assert.deepEqual(form([['CRes', 'abc']]), { version: 2, cres: 'abc' });
    assert.deepEqual(form([['pares', 'abc'], ['md', 'm']]), { version: 1, PaRes: 'abc', MD: 'm' }); // prettier-ignore
    assert.deepEqual(form([['cres', 'abc'], ['threeDSSessionData', 'x']]), { version: 2, cres: 'abc' }); // prettier-ignore
  });

  test('is refused when a field is repeated, bracketed, mixed or missing', () => {
    const refused: [string, string][][] = [
      [['cres', 'a'], ['cres', 'b']], // prettier-ignore
      [['cres', 'a'], ['CRES', 'b']], // prettier-ignore
      [['cres[]', 'a']],
      [['cres', 'a'], ['cres[0]', 'b']], // prettier-ignore
      [['cres', 'a'], ['PaRes', 'b'], ['MD', 'm']], // prettier-ignore
      [['PaRes', 'a']],
      [['MD', 'm']],
      [['PaRes', 'a'], ['MD', 'm'], ['MD', 'n']], // prettier-ignore
      [],
    ];
    for (const fields of refused) assert.equal(form(fields), undefined, JSON.stringify(fields));
  });
});

describe('a 3-D Secure 2 return', () => {
  test('with Y, N or D finishes the challenge it belongs to', () => {
    for (const transStatus of ['Y', 'N', 'D']) assert.equal(judge(cres({ transStatus })), 'complete');
  });

  test('F5 with any other transStatus is no success and makes us ask', () => {
    for (const transStatus of ['A', 'U', 'C', 'R', '', 'y', null, 1, ['Y', 'N'], undefined])
      assert.equal(judge(cres({ transStatus })), 'ask', String(transStatus));
  });

  test('F6 with an Erro message makes us ask', () => {
    assert.equal(judge(cres({ messageType: 'Erro', errorCode: '402', transStatus: undefined })), 'ask');
  });

  test('belongs to the challenge by both ids and the version, the ids in any case', () => {
    const { threeDSServerTransID, acsTransID } = CREQ;
    assert.equal(judge(cres({ threeDSServerTransID: threeDSServerTransID.toUpperCase() })), 'complete');
    assert.equal(judge(cres({ threeDSServerTransID: acsTransID })), 'ignore');
    assert.equal(judge(cres({ acsTransID: threeDSServerTransID })), 'ignore');
    assert.equal(judge(cres({ acsTransID: undefined })), 'ignore');
    assert.equal(judge(cres({ messageVersion: '2.2.0' })), 'ignore');
    assert.equal(judge(cres({ messageType: 'CReq' })), 'ignore');
  });

  test('is read with padding, line breaks, the standard alphabet and blanks that were a plus', () => {
    const bytes = Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(cres(), 'base64url').toString()), note: '>>>???' })); // prettier-ignore
    const standard = bytes.toString('base64');
    assert.match(standard, /\+/);
    assert.equal(judge(standard), 'complete');
    assert.equal(judge(standard.replaceAll('+', ' ')), 'complete');
    assert.equal(judge(`${cres().slice(0, 76)}\r\n${cres().slice(76)}`), 'complete');
    assert.equal(judge(`${cres()}==`), 'complete');
  });

  test('F8 that is not a CRes is ignored', () => {
    const raw = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64url');
    const text = Buffer.from(cres(), 'base64url').toString();
    const cases = {
      'invalid UTF-8': raw(
        Buffer.concat([Buffer.from(text.slice(0, -1)), Buffer.from(',"x":"\xff"}', 'latin1')]),
      ),
      'a byte order mark': raw(`\ufeff${text}`),
      'a JSON array': encode([JSON.parse(text)]),
      'not JSON': raw('hello'),
      'not Base64': '<script>alert(1)</script>',
      nothing: '',
      'deep nesting': raw(`${text.slice(0, -1)},"x":${'['.repeat(5_000)}${']'.repeat(5_000)}}`),
    };
    for (const [name, value] of Object.entries(cases)) assert.equal(judge(value), 'ignore', name);
  });

  test('brackets inside its texts do not count as nesting', () => {
    assert.equal(judge(cres({ note: '[{"\\'.repeat(50) })), 'complete');
  });

  test('E10 with __proto__ in it pollutes nothing', () => {
    const text = Buffer.from(cres(), 'base64url').toString();
    const polluted = Buffer.from(`{"__proto__":{"paid":true},${text.slice(1)}`).toString('base64url');
    assert.equal(judge(polluted), 'complete');
    assert.equal('paid' in {}, false);
  });

  test('to a creq that nobody can read belongs by its address alone', () => {
    const challenge = { ...CHALLENGE_2, creq: '%%%' };
    assert.equal(judgeReturn(challenge, { version: 2, cres: cres() }), 'complete');
  });

  test('in the form of 3-D Secure 1 is ignored, and the other way round', () => {
    assert.equal(judgeReturn(CHALLENGE_2, { version: 1, PaRes: 'abc', MD: '' }), 'ignore');
    assert.equal(judgeReturn(CHALLENGE_1, { version: 2, cres: cres() }), 'ignore');
  });
});

describe('a 3-D Secure 1 return', () => {
  const judge1 = (PaRes: string, MD: string, challenge: typeof CHALLENGE_1 = CHALLENGE_1) =>
    judgeReturn(challenge, { version: 1, PaRes, MD });

  test('belongs by its MD', () => {
    assert.equal(judge1('eJzVWFmTokoW/g==', CHALLENGE_1.MD), 'complete');
  });

  test('F10 with another MD, or an empty one, is ignored', () => {
    assert.equal(judge1('abc', `${CHALLENGE_1.MD}x`), 'ignore');
    assert.equal(judge1('abc', ''), 'ignore');
    assert.equal(judge1('abc', '', { ...CHALLENGE_1, MD: '' as typeof CHALLENGE_1.MD }), 'ignore');
  });

  test('F11 is never read: only its alphabet counts', () => {
    assert.equal(judge1('eJzV WFmT\r\nokoW/g==', CHALLENGE_1.MD), 'complete');
    assert.equal(judge1('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', CHALLENGE_1.MD), 'ignore');
    assert.equal(judge1('', CHALLENGE_1.MD), 'ignore');
  });
});
