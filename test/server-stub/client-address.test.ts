import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clientAddress, isThisMachine, readTrustedProxies } from '../../server-stub/client-address.js';

const address = (trusted: string, peer: string | undefined, forwardedFor?: string) =>
  clientAddress(peer, forwardedFor, readTrustedProxies({ TRUSTED_PROXIES: trusted }));

test('without trusted proxies the address is the connection’s, whatever a header says', () => {
  assert.equal(address('', '203.0.113.7', '198.51.100.1'), '203.0.113.7');
  assert.equal(address('', '127.0.0.1', '198.51.100.1'), '127.0.0.1');
  assert.equal(address('', undefined, '198.51.100.1'), undefined);
});

test('a header is read only where the connection is a trusted proxy’s', () => {
  assert.equal(address('10.0.0.0/8', '10.1.2.3', '203.0.113.7'), '203.0.113.7');
  assert.equal(address('10.0.0.0/8', '11.1.2.3', '203.0.113.7'), '11.1.2.3');
  assert.equal(address('loopback', '::1', '203.0.113.7'), '203.0.113.7');
  assert.equal(address('2001:db8::/32', '2001:db8:1::1', '2001:db9::7'), '2001:db9::7');
});

test('of many addresses the rightmost that is no trusted proxy’s counts: the rest may be forged', () => {
  assert.equal(address('10.0.0.0/8', '10.0.0.1', '8.8.8.8, 203.0.113.7'), '203.0.113.7');
  assert.equal(address('10.0.0.0/8', '10.0.0.1', '127.0.0.1,8.8.8.8,203.0.113.7 , 10.0.0.2'), '203.0.113.7');
  assert.equal(address('10.0.0.0/8', '10.0.0.1', '10.9.9.9, 10.0.0.2'), '10.9.9.9');
});

test('what is no address ends the reading at the proxy that wrote it', () => {
  for (const text of ['', 'unknown', '203.0.113.7:443', '203.0.113.7, ', '<script>', '1.2.3.4\u0000'])
    assert.equal(address('10.0.0.0/8', '10.0.0.1', text), '10.0.0.1', text);
  assert.equal(address('10.0.0.0/8', '10.0.0.1'), '10.0.0.1');
  assert.equal(address('10.0.0.0/8', '10.0.0.1', '203.0.113.7, x, 10.0.0.2'), '10.0.0.2');
});

test('an IPv4 address is the same address in IPv6 clothes', () => {
  assert.equal(address('10.0.0.0/8', '::ffff:10.0.0.1', '::FFFF:203.0.113.7'), '203.0.113.7');
});

test('this machine is known by all its addresses', () => {
  for (const own of ['127.0.0.1', '127.9.9.9', '::1']) assert.equal(isThisMachine(own), true, own);
  for (const other of ['128.0.0.1', '::2', 'fe80::1%eth0']) assert.equal(isThisMachine(other), false, other);
});
