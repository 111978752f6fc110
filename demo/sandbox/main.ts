import { readEnvironment, SettingError } from './environment.js';
import { introduction } from './introduction.js';
import { startSandbox } from './sandbox.js';

/** Runs the sandbox alone, and says what a merchant's server needs to know to use it. */
try {
  const options = readEnvironment(process.env);
  const sandbox = await startSandbox(options).catch((error: unknown) => {
    throw isTaken(error) ? new SettingError(`SANDBOX_PORT ${options.port} is taken or not allowed.`) : error;
  });
  console.log(introduction(sandbox.url, options));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void sandbox.close());
  }
} catch (error) {
  if (!(error instanceof SettingError)) throw error;
  console.error(`The sandbox does not start: ${error.message}`);
  process.exitCode = 1;
}

function isTaken(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES')
  );
}
