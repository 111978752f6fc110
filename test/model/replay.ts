import type { Parameters, RunDetails } from 'fast-check';
import fc from 'fast-check';

/** As a failed run prints it. */
export const replayPath = process.env['MODEL_REPLAY'] ?? null;

/** `MODEL_RUNS` is how often to run; a failed run prints the variables that repeat it. */
export function runs<T>(): Parameters<T> {
  const { MODEL_RUNS = '150', MODEL_SEED, MODEL_PATH } = process.env;
  return {
    numRuns: Number(MODEL_RUNS),
    ...(MODEL_SEED !== undefined && { seed: Number(MODEL_SEED) }),
    ...(MODEL_PATH !== undefined && { path: MODEL_PATH }),
    reporter: report,
  };
}

function report(details: RunDetails<unknown>): void {
  if (!details.failed) return;
  const { seed, counterexamplePath } = details;
  throw new Error(
    `${fc.defaultReportMessage(details)}\n\nTo see it again: MODEL_SEED=${seed} MODEL_PATH=${counterexamplePath} ` +
      'MODEL_REPLAY=<replayPath, as printed above> npm test -- model',
  );
}
