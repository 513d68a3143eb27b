import {
  dayOf,
  epochClosed,
  epochStream,
  formatDay,
  KarnamaError,
  releaseCut,
  type Decider,
  type EpochClosed,
  type NewEvent,
  type RecordedEvent,
  type ReleaseCut,
} from '@karnama/kernel';
import { RevisionConflict, type ExpectedRevision, type Ledger } from '@karnama/ledger';
import { checkSeal, type Hashes } from './seal.js';

/** A named end of a knowledge epoch: figures as known then can be asked for by its name for ever. */
export type Release = {
  readonly name: string;
  readonly epoch: number;
  /** ISO 8601 instant of the cut. */
  readonly cutAt: string;
};

/** A release that is announced for a day; announced again, the last announcement holds. */
export type PlannedRelease = {
  readonly name: string;
  /** Gregorian day, `2025-04-20`. */
  readonly date: string;
};

/** Content hashes of a release's series, taken once after it was cut. */
export type Seal = { readonly name: string; readonly hashes: Hashes };

export const releasePlanned = 'ReleasePlanned';
export const releaseSealed = 'ReleaseSealed';

/** The end of an epoch: what came in before is known in it, what came later is not. */
export type EpochClosing = {
  readonly epoch: number;
  /** ISO 8601 instant. */
  readonly at: string;
};

export type Epochs = {
  readonly open: number;
  /** Every epoch that was closed, named by a release or not, in order. */
  readonly closings: readonly EpochClosing[];
  readonly releases: readonly Release[];
  readonly planned: readonly PlannedRelease[];
  readonly seals: readonly Seal[];
};

type EpochEvent =
  | { readonly type: typeof epochClosed; readonly data: EpochClosed; readonly at: string }
  | { readonly type: typeof releaseCut; readonly data: ReleaseCut; readonly at: string }
  | { readonly type: typeof releasePlanned; readonly data: PlannedRelease; readonly at: string }
  | { readonly type: typeof releaseSealed; readonly data: Seal; readonly at: string };

export type EpochCommand =
  | { readonly type: 'CloseEpoch'; readonly at: string }
  | { readonly type: 'CutRelease'; readonly name: string; readonly at: string }
  | { readonly type: 'PlanRelease'; readonly name: string; readonly date: string; readonly at: string }
  | { readonly type: 'SealRelease'; readonly name: string; readonly hashes: Hashes; readonly at: string };

const namePattern = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u;

const checkName = (name: string, { releases }: Epochs): void => {
  if (!namePattern.test(name) || name === 'latest')
    throw new KarnamaError(
      'bad-release-name',
      `"${name}" cannot name a release`,
      'letters, digits, dot, dash and underscore, at most 64, not "latest"; for example 2026-01-revised',
    );
  if (releases.some((release) => release.name === name))
    throw new KarnamaError(
      'release-exists',
      `release "${name}" was cut already`,
      'a release stands for ever: choose another name',
    );
};

const decide = (command: EpochCommand, state: Epochs): readonly EpochEvent[] => {
  const { at } = command;
  const closed: EpochEvent = { type: epochClosed, data: { epoch: state.open }, at };
  switch (command.type) {
    case 'CloseEpoch':
      return [closed];
    case 'CutRelease':
      checkName(command.name, state);
      return [closed, { type: releaseCut, data: { name: command.name, epoch: state.open }, at }];
    case 'PlanRelease':
      return plan(command, state);
    case 'SealRelease':
      return seal(command, state);
  }
};

const plan = (
  { name, date, at }: Extract<EpochCommand, { type: 'PlanRelease' }>,
  state: Epochs,
): readonly EpochEvent[] => {
  checkName(name, state);
  const day = dayOf(date);
  if (day === undefined || formatDay(day) !== date)
    throw new KarnamaError('bad-day', `"${date}" is not a day`, 'write it as 2025-04-20');
  if (state.planned.some((planned) => planned.name === name && planned.date === date)) return [];
  return [{ type: releasePlanned, data: { name, date }, at }];
};

const seal = (
  { name, hashes, at }: Extract<EpochCommand, { type: 'SealRelease' }>,
  { releases, seals }: Epochs,
): readonly EpochEvent[] => {
  if (!releases.some((release) => release.name === name))
    throw new KarnamaError('unknown-release', `there is no release "${name}"`, 'karnama release list');
  const known = seals.find((candidate) => candidate.name === name);
  if (known === undefined) return [{ type: releaseSealed, data: { name, hashes }, at }];
  const { differing, missing } = checkSeal(name, known.hashes, hashes);
  if (differing.length === 0 && missing.length === 0) return [];
  throw new KarnamaError(
    'release-sealed',
    `release "${name}" is sealed, and ${[...differing, ...missing].join(', ')} would be sealed otherwise`,
    'a seal stands for ever: karnama release check tells what has changed',
  );
};

const evolve = (state: Epochs, event: EpochEvent): Epochs => {
  switch (event.type) {
    case epochClosed:
      return {
        ...state,
        open: event.data.epoch + 1,
        closings: [...state.closings, { epoch: event.data.epoch, at: event.at }],
      };
    case releaseCut:
      return { ...state, releases: [...state.releases, { ...event.data, cutAt: event.at }] };
    case releasePlanned: {
      const others = state.planned.filter(({ name }) => name !== event.data.name);
      return { ...state, planned: [...others, event.data] };
    }
    case releaseSealed:
      return { ...state, seals: [...state.seals, event.data] };
  }
};

/**
 * Epochs and releases: a release closes the open epoch and gives it a name. It may be announced before,
 * and sealed afterwards by the content hashes of what it says.
 */
export const epochs: Decider<EpochCommand, EpochEvent, Epochs> = {
  initial: () => ({ open: 1, closings: [], releases: [], planned: [], seals: [] }),
  evolve,
  decide,
};

const page = 1000;

const read = async (ledger: Ledger): Promise<{ state: Epochs; expected: ExpectedRevision }> => {
  let state = epochs.initial();
  let expected: ExpectedRevision = 'no-stream';
  for (let from = 0n; ; from += BigInt(page)) {
    const events = await ledger.readStream(epochStream, from, page);
    for (const event of events) {
      state = epochs.evolve(state, fromRecorded(event));
      expected = event.revision;
    }
    if (events.length < page) return { state, expected };
  }
};

const fromRecorded = ({ type, data, metadata }: RecordedEvent): EpochEvent =>
  ({ type, data, at: metadata.receivedAt }) as EpochEvent;

/** The open epoch and all releases, oldest first. */
export const readEpochs = async (ledger: Ledger): Promise<Epochs> => (await read(ledger)).state;

/**
 * Decides on the epochs as they stand and appends the outcome; decides anew when someone else was faster.
 * @param newId gives each event its UUID
 * @throws KarnamaError `release-exists`, `bad-release-name`, `bad-day`, `unknown-release`, `release-sealed`
 */
export const handleEpochCommand = async (
  ledger: Ledger,
  command: EpochCommand,
  newId: () => string,
): Promise<Epochs> => {
  for (;;) {
    const { state, expected } = await read(ledger);
    const decided = epochs.decide(command, state);
    const events: NewEvent[] = decided.map(({ type, data, at }) => ({
      id: newId(),
      type,
      data,
      metadata: { schemaVersion: 1, receivedAt: at },
    }));
    if (events.length === 0) return state;
    try {
      await ledger.append([{ stream: epochStream, expected, events }]);
      return decided.reduce(epochs.evolve, state);
    } catch (error) {
      if (!(error instanceof RevisionConflict)) throw error;
    }
  }
};
