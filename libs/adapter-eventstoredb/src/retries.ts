import { KarnamaError, messageOf } from '@karnama/kernel';
import { translated, verdictOf } from './client-errors.js';
import type { Settings } from './options.js';
import { backoff, pause } from './waiting.js';

/**
 * Makes the identical call again until it is answered, with growing pauses.
 * @throws what `work` threw when it is a definite refusal (untranslated: the caller may know better);
 * Unavailable when every attempt failed
 */
export const withRetries = async <T>(
  { attempts, backoffMs, onTrouble }: Settings,
  during: string,
  work: () => Promise<T>,
): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (thrown) {
      const verdict = verdictOf(thrown);
      // one of ours has been through this before
      if (verdict === 'refused' || thrown instanceof KarnamaError) throw thrown;
      onTrouble({ kind: verdict, during, message: messageOf(thrown), attempt });
      if (attempt >= attempts) throw translated(thrown);
      await pause(backoff(backoffMs, attempt));
    }
  }
};
