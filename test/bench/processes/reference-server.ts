import { startServer } from '../../../server-stub/server.js';
import { SqlStore } from '../../../server-stub/store/sql-store.js';
import { orderOf } from './orders.js';

/** The reference server as a merchant starts it, but for its log. The question `usage` is answered with a Usage. */

export interface Usage {
  /** Bytes in use after a collection. */
  heap: number;
  rss: number;
  /** Milliseconds of a processor's time since the start. */
  cpu: number;
  /** How often payments were looked up by their id. */
  looks: number;
}

let looks = 0;
const counted: { find: (this: SqlStore, id: string) => ReturnType<SqlStore['find']> } = SqlStore.prototype;
const { find } = counted;
counted.find = function (id) {
  looks += 1;
  return find.call(this, id);
};

const server = await startServer({
  env: { PORT: '0', LOG_LEVEL: 'error', ...process.env },
  orders: { find: async (id) => orderOf(id) },
});

process.on('message', () => {
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  const usage: Usage = { heap: heapUsed, rss, cpu: (user + system) / 1_000, looks };
  process.send?.(usage);
});
process.on('disconnect', () => void server.close().then(() => process.exit()));
process.send?.(server.url);
