import { BlockList, isIP } from 'node:net';
import { readText, SettingError, type Environment } from './setting-error.js';

const LOOPBACK = ['127.0.0.0/8', '::1/128'];

/**
 * TRUSTED_PROXIES: addresses and subnets of the reverse proxies that stand before this server, between commas or
 * blanks; `loopback` is this machine. Unset: none, and nobody's forwarding header is read.
 */
export function readTrustedProxies(env: Environment): BlockList {
  const proxies = new BlockList();
  const entries = (readText(env, 'TRUSTED_PROXIES') ?? '').split(/[\s,]+/).filter((entry) => entry !== '');
  for (const entry of entries.flatMap((text) => (text === 'loopback' ? LOOPBACK : [text]))) {
    const [address = '', bits, ...rest] = entry.split('/');
    const longest = isIP(address) === 4 ? 32 : 128;
    const isSubnet = bits !== undefined && /^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= longest;
    if (isIP(address) === 0 || rest.length > 0 || !(isSubnet || bits === undefined))
      throw new SettingError(
        'TRUSTED_PROXIES',
        'must list addresses and subnets such as 10.0.0.0/8 or loopback, between commas or blanks',
      );
    proxies.addSubnet(address, isSubnet ? Number(bits) : longest, family(address));
  }
  return proxies;
}

/**
 * The address that a request came from: that of the connection or, as long as that is a trusted proxy's, what this
 * proxy has written at the right end of X-Forwarded-For. Everything further left is the client's own invention.
 */
export function clientAddress(
  peer: string | undefined,
  forwardedFor: string | undefined,
  proxies: BlockList,
): string | undefined {
  if (peer === undefined) return undefined;
  const hops = forwardedFor?.split(',') ?? [];
  let address = plain(peer);
  while (proxies.check(address, family(address))) {
    const hop = plain(hops.pop()?.trim() ?? '');
    if (isIP(hop) === 0) break;
    address = hop;
  }
  return address;
}

/** Whether nobody can be told from anybody else by this address: it is this machine, or a proxy's that is not named. */
export function isThisMachine(address: string): boolean {
  return thisMachine.check(address, family(address));
}

/** An IPv4 address as IPv4, however the socket writes it. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}

function family(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}

const thisMachine = readTrustedProxies({ TRUSTED_PROXIES: 'loopback' });
