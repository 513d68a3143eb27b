import type { Reading, Setting } from './config.js';

const readingOf = <T>(
  found: Reading<T | undefined>,
  rule: {
    readonly applies: boolean;
    readonly needed: boolean;
    readonly other: string;
    readonly words: string;
  },
): Reading<T | undefined> => {
  if ('fault' in found) return found;
  if (found.value === undefined)
    return rule.applies && rule.needed ? { fault: `is not set, but ${rule.other} is ${rule.words}` } : found;
  return rule.applies ? found : { fault: `is set, but ${rule.other} is not ${rule.words}` };
};

const dependent =
  (needed: boolean) =>
  <T>(other: string, words: readonly string[], inner: Setting<T | undefined>): Setting<T | undefined> => ({
    variable: inner.variable,
    read: (text, environment) => {
      const applies = words.includes(environment[other] ?? '');
      return readingOf(inner.read(text, environment), { applies, needed, other, words: words.join(' or ') });
    },
  });

/**
 * A setting that must be there when the other variable is one of the words, and must not when it is not: a
 * password that nobody asks for is a mistake that would otherwise show as a connection without a login.
 */
export const neededFor = dependent(true);

/** A setting that may be there when the other variable is one of the words, and must not when it is not. */
export const allowedFor = dependent(false);
