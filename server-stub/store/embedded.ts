import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { SqliteDialect, type SqliteDatabase, type SqliteStatement } from 'kysely';
import Libsql from 'libsql';
import { keyIn } from './key-file.js';
import { migrated } from './migrate.js';
import { Database } from './sql/tables.js';

/** How long one statement waits for another process that writes to the same file. */
const BUSY_TIMEOUT_MS = 5_000;

/**
 * Opens the embedded database in a directory, making both where they are missing, and brings it up to date. `key`: see
 * Database; left out: one that is kept beside the database.
 */
export async function openEmbedded(directory: string, key?: Buffer): Promise<Database> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = new Libsql(join(directory, 'payments.db'));
  file.pragma('journal_mode = WAL');
  // FULL: a commit has reached the disk before the provider is called.
  file.pragma('synchronous = FULL');
  file.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
  // An erased challenge leaves no copy in the file's free pages.
  file.pragma('secure_delete = ON');
  const dialect = new SqliteDialect({ database: asKyselyExpects(file) });
  return migrated(new Database(dialect, key ?? keyIn(directory)));
}

/**
 * libsql has better-sqlite3's API; only its types say `Buffer` and variadic parameters where Kysely's say less. Each
 * statement is prepared once: the store has some twenty.
 */
function asKyselyExpects(file: InstanceType<typeof Libsql>): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>();
  const prepare = (text: string): SqliteStatement => {
    const statement = file.prepare(text);
    return {
      reader: statement.reader,
      all: (parameters) => statement.all(...parameters),
      run: (parameters) => statement.run(...parameters),
      iterate: (parameters) => statement.iterate(...parameters),
    };
  };
  return {
    prepare(text) {
      const statement = prepared.get(text) ?? prepare(text);
      prepared.set(text, statement);
      return statement;
    },
    close() {
      // What was erased is not left behind in the write-ahead log.
      file.pragma('wal_checkpoint(TRUNCATE)');
      file.close();
    },
  };
}
