import fc from 'fast-check';

const { MODEL_RUNS = '100', MODEL_SEED, MODEL_PATH, MODEL_REPLAY } = process.env;

/** For `fc.commands`. */
export const replayed = MODEL_REPLAY === undefined ? {} : { replayPath: MODEL_REPLAY };

/** `MODEL_RUNS` is how often to run; a failed run prints the variables that repeat it. */
export function runs<T>(): fc.Parameters<T> {
  return {
    numRuns: Number(MODEL_RUNS),
    ...(MODEL_SEED !== undefined && { seed: Number(MODEL_SEED) }),
    ...(MODEL_PATH !== undefined && { path: MODEL_PATH }),
    reporter: report,
  };
}

function report<T>(details: fc.RunDetails<T>): void {
  if (!details.failed) return;
  const { seed, counterexamplePath, errorInstance } = details;
  const message = fc.defaultReportMessage(details) ?? '';
  const steps = /replayPath="([^"]*)"/.exec(message)?.[1] ?? '';
  const variables = `MODEL_SEED=${seed} MODEL_PATH=${counterexamplePath} MODEL_REPLAY=${steps}`;
  throw new Error(`${String(errorInstance)}\n${message}\nTo see it again: ${variables} npm test -- model`);
}
