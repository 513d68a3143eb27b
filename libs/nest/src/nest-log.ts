import type { LoggerService } from '@nestjs/common';
import type { Log } from './log.js';

/**
 * What Nest and the controllers say, as lines of the process's log. Behind the first colon of such a text
 * may stand the message of an error, which may quote data: only what is before it is told.
 */
export const nestLog = (log: Log): LoggerService => {
  const at =
    (level: 'debug' | 'warn' | 'error' | 'fatal') =>
    (message: unknown, ...rest: readonly unknown[]): void => {
      const text =
        typeof message === 'string' ? message : (rest.find((item) => typeof item === 'string') ?? 'Nest');
      const context = rest.at(-1);
      const first = text.split('\n', 1)[0]?.split(': ', 1)[0] ?? '';
      const correlation = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(first)?.[0];
      log[level](first.slice(0, 200), {
        correlation,
        context: typeof context === 'string' && /^\w{1,60}$/.test(context) ? context : undefined,
        ...(message instanceof Error ? { error: message } : {}),
      });
    };
  return {
    log: at('debug'),
    debug: at('debug'),
    verbose: at('debug'),
    warn: at('warn'),
    error: at('error'),
    fatal: at('fatal'),
  };
};
