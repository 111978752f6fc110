import type { BlockList } from 'node:net';
import { readTrustedProxies } from './client-address.js';
import { LOG_LEVELS, type LogLevel } from './log.js';
import {
  readChoice,
  readInteger,
  readText,
  readUrl,
  SettingError,
  type Environment,
} from './setting-error.js';
import { isSafeUrl } from './safe-url.js';

/** The notification address ends in `/pay/3ds/{22 characters}/return` and may have 256 (EMV 3DS, Table A.1). */
const PUBLIC_URL_MAX = 256 - '/pay/3ds//return'.length - 22;

/** The general settings. Those of a provider live with the provider, those of DIRECT tokens in `google-pay/`. */
export interface Config {
  port: number;
  /** The shopper-facing address of this server, without a trailing slash. Unset: this machine and the port. */
  publicUrl: string | undefined;
  /** Origins of pages elsewhere that embed the widget. */
  allowedOrigins: readonly string[];
  /** The proxies whose X-Forwarded-For is believed. */
  trustedProxies: BlockList;
  /** A PostgreSQL database, shared by any number of servers. Unset: the embedded one in `dataDir`. */
  databaseUrl: string | undefined;
  dataDir: string;
  ordersFile: string | undefined;
  logLevel: LogLevel;
}

export function readConfig(env: Environment): Config {
  return {
    port: readInteger(env, 'PORT', { min: 0, max: 65_535 }) ?? 8080,
    publicUrl: readPublicUrl(env),
    allowedOrigins: readOrigins(env),
    trustedProxies: readTrustedProxies(env),
    databaseUrl: readDatabaseUrl(env),
    dataDir: readText(env, 'DATA_DIR') ?? './data',
    ordersFile: readText(env, 'ORDERS_FILE'),
    logLevel: readChoice(env, 'LOG_LEVEL', LOG_LEVELS) ?? 'info',
  };
}

function readPublicUrl(env: Environment): string | undefined {
  const text = readUrl(env, 'PUBLIC_URL');
  if (text === undefined) return undefined;
  const { origin, pathname, search, hash } = new URL(text);
  if (search !== '' || hash !== '')
    throw new SettingError('PUBLIC_URL', 'must have no query and no fragment');
  const publicUrl = `${origin}${pathname}`.replace(/\/+$/, '');
  if (publicUrl.length > PUBLIC_URL_MAX)
    throw new SettingError('PUBLIC_URL', `must have at most ${PUBLIC_URL_MAX} characters`);
  return publicUrl;
}

function readDatabaseUrl(env: Environment): string | undefined {
  const text = readText(env, 'DATABASE_URL');
  if (text !== undefined && !(URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol)))
    throw new SettingError(
      'DATABASE_URL',
      'must be an address such as postgres://user:password@host/database',
    );
  return text;
}

function readOrigins(env: Environment): string[] {
  const texts = (readText(env, 'ALLOWED_ORIGINS') ?? '').split(/[\s,]+/).filter((text) => text !== '');
  for (const text of texts)
    if (!isSafeUrl(text) || new URL(text).origin !== text)
      throw new SettingError(
        'ALLOWED_ORIGINS',
        'must list origins such as https://shop.example, without paths, between commas or blanks',
      );
  return texts;
}
