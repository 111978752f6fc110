import { isSafeUrl } from './safe-url.js';

/** The environment, as `process.env` has it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A setting that stops the start. The message is one sentence that names the setting and never repeats its value. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
  readonly setting: string;
  constructor(setting: string, problem: string) {
    super(`${setting} ${problem}.`);
    this.setting = setting;
  }
}

/** The setting without the white space around it; `undefined` where it is unset or blank. */
export function readText(env: Environment, name: string): string | undefined {
  const text = env[name]?.trim();
  return text ? text : undefined;
}

/** An absolute address: `https:`, or `http:` on this machine. Returned as written; trailing slashes are the caller's. */
export function readUrl(env: Environment, name: string): string | undefined {
  const text = readText(env, name);
  if (text !== undefined && !isSafeUrl(text))
    throw new SettingError(
      name,
      'must be an absolute https: address (http: is accepted for this machine only)',
    );
  return text;
}

export function readInteger(
  env: Environment,
  name: string,
  range: { min: number; max: number },
): number | undefined {
  const text = readText(env, name);
  if (text === undefined) return undefined;
  const value = /^-?\d{1,15}$/.test(text) ? Number(text) : NaN;
  if (!(value >= range.min && value <= range.max))
    throw new SettingError(name, `must be a whole number from ${range.min} to ${range.max}`);
  return value;
}

export function readChoice<const T extends string>(
  env: Environment,
  name: string,
  choices: readonly T[],
): T | undefined {
  const text = readText(env, name);
  if (text === undefined) return undefined;
  const choice = choices.find((one) => one === text);
  if (choice === undefined) throw new SettingError(name, `must be one of ${choices.join(', ')}`);
  return choice;
}
