import { createLog, describeError } from './log.js';
import { startServer } from './server.js';
import { SettingError } from './setting-error.js';

/** The reference server alone, from the environment. */

/** A stop that takes longer leaves the rest to the next start: what was sent is in the store. */
const STOP_WITHIN_MS = 25_000;

// A bug: the process ends, and the next start goes on from the store. Node itself would print the whole error.
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    createLog('error').error('server failed', { why: describeError(error) });
    process.exit(1);
  });
}

try {
  const server = await startServer({ env: process.env });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
      void server.close();
    });
  }
  console.log(`pay-elements server at ${server.url}`);
} catch (error) {
  console.error(sentence(error));
  process.exitCode = 1;
}

function sentence(error: unknown): string {
  if (error instanceof SettingError) return error.message;
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  return taken ? 'PORT is taken by another program.' : `The server could not start: ${describeError(error)}.`;
}
