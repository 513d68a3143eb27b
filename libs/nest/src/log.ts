import { pino, type DestinationStream } from 'pino';
import { tellable } from './tellable-error.js';

export const logLevels = ['debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** The only things a log line may tell: ids, codes, counts, places. A field that is not listed is left out. */
const fieldNames = [
  'accepted',
  'attempt',
  'channel',
  'code',
  'context',
  'correlation',
  'epoch',
  'events',
  'ledger',
  'milliseconds',
  'next',
  'partition',
  'position',
  'part',
  'projection',
  'quarantined',
  'seconds',
  'signal',
  'topic',
  'url',
  'version',
] as const;

export type LogFields = {
  readonly [Name in (typeof fieldNames)[number]]?: string | number | bigint | boolean | undefined;
} & {
  /** Told without anything of the data; see `tellable`. */
  readonly error?: unknown;
};

/** Writes lines of JSON. Messages are fixed sentences: what varies stands in the fields. */
export type Log = {
  readonly [Level in Exclude<LogLevel, 'silent'>]: (message: string, fields?: LogFields) => void;
};

export type LogOptions = {
  readonly app: string;
  readonly worker: string;
  readonly level: LogLevel;
  /** Standard output by default, written at once so that the last words of a process are not lost. */
  readonly destination?: DestinationStream;
};

const longest = 300;

const told = (fields: LogFields): Record<string, unknown> => {
  const line: Record<string, unknown> = {};
  for (const name of fieldNames) {
    const value = fields[name];
    if (value === undefined) continue;
    line[name] =
      typeof value === 'bigint' ? String(value) : typeof value === 'string' ? value.slice(0, longest) : value;
  }
  if (fields.error !== undefined) line['error'] = tellable(fields.error);
  return line;
};

/** The log of a process: one JSON object a line, with `level`, `time` (ISO 8601), `app`, `worker`, `pid` and `msg`. */
export const createLog = ({ app, worker, level, destination }: LogOptions): Log => {
  const logger = pino(
    {
      level,
      base: { app, worker, pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination ?? pino.destination({ dest: 1, sync: true }),
  );
  const at =
    (name: Exclude<LogLevel, 'silent'>) =>
    (message: string, fields: LogFields = {}): void =>
      logger[name](told(fields), message);
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error'), fatal: at('fatal') };
};
