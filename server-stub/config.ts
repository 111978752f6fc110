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
import { Secret } from './secret.js';
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
  databaseUrl: Secret | undefined;
  /** 32 bytes that seal what may open a payment. Unset: a key in `dataDir`. */
  databaseKey: Secret | undefined;
  dataDir: string;
  ordersFile: string | undefined;
  logLevel: LogLevel;
  /** Who has it may read the metrics. Unset: programs on this machine may. */
  metricsToken: Secret | undefined;
}

export function readConfig(env: Environment): Config {
  return {
    port: readInteger(env, 'PORT', { min: 0, max: 65_535 }) ?? 8080,
    publicUrl: readPublicUrl(env),
    allowedOrigins: readOrigins(env),
    trustedProxies: readTrustedProxies(env),
    ...readDatabase(env),
    dataDir: readText(env, 'DATA_DIR') ?? './data',
    ordersFile: readText(env, 'ORDERS_FILE'),
    logLevel: readChoice(env, 'LOG_LEVEL', LOG_LEVELS) ?? 'info',
    metricsToken: readMetricsToken(env),
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

function readDatabase(env: Environment): Pick<Config, 'databaseUrl' | 'databaseKey'> {
  const url = readText(env, 'DATABASE_URL');
  if (url !== undefined && !(URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol)))
    throw new SettingError(
      'DATABASE_URL',
      'must be an address such as postgres://user:password@host/database',
    );
  const key = readText(env, 'DATABASE_KEY');
  if (key !== undefined && Buffer.from(key, 'base64').length !== 32)
    throw new SettingError('DATABASE_KEY', 'must be the base64 of 32 random bytes (openssl rand -base64 32)');
  return { databaseUrl: secret(url), databaseKey: secret(key) };
}

function readMetricsToken(env: Environment): Secret | undefined {
  const token = readText(env, 'METRICS_TOKEN');
  if (token !== undefined && !/^[\x21-\x7e]{16,}$/.test(token))
    throw new SettingError('METRICS_TOKEN', 'must be at least 16 characters of ASCII without blanks');
  return secret(token);
}

function secret(text: string | undefined): Secret | undefined {
  return text === undefined ? undefined : new Secret(text);
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
