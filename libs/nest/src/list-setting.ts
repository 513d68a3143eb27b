import type { Setting } from './config.js';

/** Words separated by commas, each matching `pattern` and taken once; blanks around them are ignored. `what` names one in words. */
export const list = (
  variable: string,
  pattern: RegExp,
  what: string,
  fallback?: readonly string[],
): Setting<readonly string[]> => ({
  variable,
  read: (text) => {
    if (text === undefined || text === '')
      return fallback === undefined ? { fault: 'is not set' } : { value: fallback };
    const words = text.split(',').map((word) => word.trim());
    return words.every((word) => pattern.test(word))
      ? { value: [...new Set(words)] }
      : { fault: `must be a comma-separated list of ${what}` };
  },
});
