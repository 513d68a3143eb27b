import { KarnamaError } from '@karnama/kernel';

/** Something an operator should see: the adapter dealt with it, or is still trying to. */
export type Trouble = {
  readonly kind: 'retry' | 'ambiguous' | 'dropped' | 'renewed';
  /** What was being done: `append`, `read`, `subscribe`. */
  readonly during: string;
  readonly message: string;
  /** How often in a row. */
  readonly attempt: number;
};

export type EventStoreOptions = {
  /** Connection string: `esdb://` or `esdb+discover://`, with credentials and TLS settings. */
  readonly url: string;
  /** How long one call may stay without an answer before it is given up and made again. */
  readonly timeoutMs?: number;
  /** How often a call is made before the store counts as unavailable. */
  readonly attempts?: number;
  /** First pause before a call is made again; it doubles up to a hundred times as long, and half of it is chance. */
  readonly backoffMs?: number;
  /** How long a subscription that has caught up stays silent before the adapter looks whether the log went on. */
  readonly probeMs?: number;
  /** How long matching events may lie in the log undelivered before a subscription counts as dead. */
  readonly stallMs?: number;
  /** Events that the server looks at in one go for a filtered subscription. */
  readonly searchWindow?: number;
  readonly onTrouble?: (trouble: Trouble) => void;
};

export type Settings = Required<EventStoreOptions>;

const REFUSED = new Map([
  ['throwonappendfailure', 'the client reports wrong revisions with it'],
  ['nodepreference', 'a follower that lags could make a reader skip events; reads go to the leader'],
]);

/** Checks what the connection string asks of the client. @throws KarnamaError `connection-string-refused` */
const checkedUrl = (url: string): string => {
  const refuse = (why: string) =>
    new KarnamaError('connection-string-refused', `the connection string cannot be used: ${why}`);
  if (!/^(esdb|kurrent|kurrentdb)(\+discover)?:\/\//.test(url))
    throw refuse('it begins with esdb:// or esdb+discover://');
  const query = url.split('?')[1] ?? '';
  for (const [name, value] of new URLSearchParams(query)) {
    const why = REFUSED.get(name.toLowerCase());
    const harmless = ['true', 'leader'].includes(value.toLowerCase());
    if (why !== undefined && !harmless) throw refuse(`${name}=${value}: ${why}`);
  }
  return url.replace(/^kurrent(db)?/, 'esdb');
};

export const settingsOf = (options: EventStoreOptions): Settings => ({
  timeoutMs: 5000,
  attempts: 5,
  backoffMs: 100,
  probeMs: 250,
  stallMs: 5000,
  searchWindow: 2000,
  onTrouble: () => undefined,
  ...options,
  url: checkedUrl(options.url),
});
