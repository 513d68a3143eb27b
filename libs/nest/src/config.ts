import { KarnamaError } from '@karnama/kernel';

/** What became of a variable: its value, or what is wrong with it (never the text itself: it may be a secret). */
export type Reading<T> = { readonly value: T } | { readonly fault: string };

export type Environment = Readonly<Record<string, string | undefined>>;

/** One environment variable and how its text becomes a value; a few look at a second variable too. */
export type Setting<T> = {
  readonly variable: string;
  readonly read: (text: string | undefined, environment: Environment) => Reading<T>;
};

export type ConfigSpec = Readonly<Record<string, Setting<unknown>>>;

export type Config<S extends ConfigSpec> = {
  readonly [K in keyof S]: S[K] extends Setting<infer T> ? T : never;
};

const setting = <T>(
  variable: string,
  fallback: T | undefined,
  parse: (text: string) => Reading<T>,
): Setting<T> => ({
  variable,
  read: (text) => {
    if (text !== undefined && text !== '') return parse(text);
    return fallback === undefined ? { fault: 'is not set' } : { value: fallback };
  },
});

/** Any text. Without a fallback the variable must be set; empty counts as not set. */
export const text = (variable: string, fallback?: string): Setting<string> =>
  setting(variable, fallback, (value) => ({ value }));

/** A whole number from `least` to `most`. */
export const integer = (
  variable: string,
  range: { readonly least: number; readonly most: number },
  fallback?: number,
): Setting<number> =>
  setting(variable, fallback, (value) => {
    const number = /^-?\d{1,15}$/.test(value) ? Number(value) : NaN;
    return number >= range.least && number <= range.most
      ? { value: number }
      : { fault: `must be a whole number from ${range.least} to ${range.most}` };
  });

/** One of the given words. */
export const choice = <T extends string>(variable: string, words: readonly T[], fallback?: T): Setting<T> =>
  setting(variable, fallback, (value) => {
    const word = words.find((candidate) => candidate === value);
    return word === undefined ? { fault: `must be one of ${words.join(', ')}` } : { value: word };
  });

/** `true` or `false` (also `1` and `0`). */
export const flag = (variable: string, fallback?: boolean): Setting<boolean> =>
  setting(variable, fallback, (value) => {
    if (value === 'true' || value === '1') return { value: true };
    if (value === 'false' || value === '0') return { value: false };
    return { fault: 'must be true or false' };
  });

/** An address with one of the given schemes, such as `postgresql`. */
export const address = (variable: string, schemes: readonly string[], fallback?: string): Setting<string> =>
  setting(variable, fallback, (value) =>
    URL.canParse(value) && schemes.includes(new URL(value).protocol.slice(0, -1))
      ? { value }
      : { fault: `must be an address that starts with ${schemes.map((name) => `${name}://`).join(' or ')}` },
  );

/** A setting that may be absent. */
export const optional = <T>(inner: Setting<T>): Setting<T | undefined> => ({
  variable: inner.variable,
  read: (value, environment) =>
    value === undefined || value === '' ? { value: undefined } : inner.read(value, environment),
});

/**
 * The settings of an app, read once and frozen.
 * @throws KarnamaError `bad-configuration` that names every bad variable at once, and no value
 */
export const readConfig = <S extends ConfigSpec>(spec: S, environment: Environment): Config<S> => {
  const values: Record<string, unknown> = {};
  const faults: string[] = [];
  for (const [name, { variable, read }] of Object.entries(spec)) {
    const reading = read(environment[variable], environment);
    if ('fault' in reading) faults.push(`${variable} ${reading.fault}`);
    else values[name] = reading.value;
  }
  if (faults.length > 0)
    throw new KarnamaError('bad-configuration', faults.join('; '), 'correct these environment variables');
  return Object.freeze(values) as Config<S>;
};
