import { SettingError, readText, type Environment } from '../setting-error.js';

type Reader = (env: Environment, name: string) => string | undefined;

/**
 * Reads the settings without which a provider cannot be called at all: all of them, or `undefined` where none is set.
 * Some but not all is a mistake, and the sentence names the one that is missing.
 */
export function readAccount<Name extends string>(
  env: Environment,
  provider: string,
  readers: Readonly<Record<Name, Reader>>,
): Record<Name, string> | undefined {
  const names = Object.keys(readers) as Name[];
  const missing = names.find((name) => readText(env, name) === undefined);
  if (missing === undefined)
    return Object.fromEntries(names.map((name) => [name, readers[name](env, name)])) as Record<Name, string>;
  if (names.every((name) => readText(env, name) === undefined)) return undefined;
  throw new SettingError(missing, `is missing, while other settings of ${provider} are present`);
}
