import fc from 'fast-check';

const { MODEL_RUNS = '150', MODEL_SEED, MODEL_PATH, MODEL_REPLAY } = process.env;

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
  const { seed, counterexamplePath } = details;
  throw new Error(
    `${fc.defaultReportMessage(details)}\n\nTo see it again: MODEL_SEED=${seed} MODEL_PATH=${counterexamplePath} ` +
      'MODEL_REPLAY=<replayPath, as printed above> npm test -- model',
  );
}
