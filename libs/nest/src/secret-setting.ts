import { readFileSync } from 'node:fs';
import { KarnamaError } from '@karnama/kernel';
import type { Environment, Reading, Setting } from './config.js';

const isSet = (text: string | undefined): text is string => text !== undefined && text !== '';

const fileContent = (variable: string, path: string): Reading<string> => {
  try {
    const content = readFileSync(path, 'utf8').trim();
    return content === ''
      ? { fault: `is not set: ${variable}_FILE names an empty file` }
      : { value: content };
  } catch {
    return { fault: `is not set: ${variable}_FILE names a file that cannot be read` };
  }
};

const reading = (
  variable: string,
  text: string | undefined,
  environment: Environment,
): Reading<string | undefined> => {
  const path = environment[`${variable}_FILE`];
  if (!isSet(path)) return { value: isSet(text) ? text : undefined };
  if (isSet(text)) return { fault: `and ${variable}_FILE are both set` };
  return fileContent(variable, path);
};

/**
 * A secret: the text of the variable, or of the file that `<variable>_FILE` names (as orchestrators mount
 * them). `parse` throws a KarnamaError whose message tells what is wrong and nothing of the secret.
 */
export const secret = <T = string>(variable: string, parse?: (text: string) => T): Setting<T> => ({
  variable,
  read: (text, environment) => {
    const optionally = optionalSecret(variable, parse).read(text, environment);
    if ('fault' in optionally) return optionally;
    return optionally.value === undefined
      ? { fault: `is not set, nor is ${variable}_FILE` }
      : { value: optionally.value };
  },
});

/** A secret that may be absent. */
export const optionalSecret = <T = string>(
  variable: string,
  parse?: (text: string) => T,
): Setting<T | undefined> => ({
  variable,
  read: (text, environment) => {
    const found = reading(variable, text, environment);
    if ('fault' in found || found.value === undefined) return found as Reading<undefined>;
    if (parse === undefined) return { value: found.value as T };
    try {
      return { value: parse(found.value) };
    } catch (error) {
      if (!(error instanceof KarnamaError)) throw error;
      return { fault: error.message };
    }
  },
});

/** A setting that may be absent only while the other variable (and its `_FILE`) is. */
export const neededWith = <T>(other: string, inner: Setting<T | undefined>): Setting<T | undefined> => ({
  variable: inner.variable,
  read: (text, environment) => {
    const found = inner.read(text, environment);
    const isNeeded = isSet(environment[other]) || isSet(environment[`${other}_FILE`]);
    return 'value' in found && found.value === undefined && isNeeded
      ? { fault: `is not set, but ${other} is` }
      : found;
  },
});
