import type { Migration } from 'kysely/migration';
import * as payments from './001-payments.js';
import * as claims from './002-claims.js';
import * as events from './003-events.js';
import * as walletMessages from './004-wallet-messages.js';
import * as newest from './005-newest.js';
import * as created from './006-created.js';
import * as sealing from './007-sealing.js';

/** Every migration, in the order of their names. Forward only: what was released here is never edited. */
export const MIGRATIONS: Record<string, Migration> = {
  '001-payments': payments,
  '002-claims': claims,
  '003-events': events,
  '004-wallet-messages': walletMessages,
  '005-newest': newest,
  '006-created': created,
  '007-sealing': sealing,
};
