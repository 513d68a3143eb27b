import {
  epochClosed,
  epochStream,
  KarnamaError,
  releaseCut,
  type Decider,
  type EpochClosed,
  type NewEvent,
  type RecordedEvent,
  type ReleaseCut,
} from '@karnama/kernel';
import { RevisionConflict, type ExpectedRevision, type Ledger } from '@karnama/ledger';

/** A named end of a knowledge epoch: figures as known then can be asked for by its name for ever. */
export type Release = {
  readonly name: string;
  readonly epoch: number;
  /** ISO 8601 instant of the cut. */
  readonly cutAt: string;
};

export type Epochs = { readonly open: number; readonly releases: readonly Release[] };

type EpochEvent =
  | { readonly type: typeof epochClosed; readonly data: EpochClosed; readonly at: string }
  | { readonly type: typeof releaseCut; readonly data: ReleaseCut; readonly at: string };

export type EpochCommand =
  | { readonly type: 'CloseEpoch'; readonly at: string }
  | { readonly type: 'CutRelease'; readonly name: string; readonly at: string };

const namePattern = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u;

const decide = (command: EpochCommand, { open, releases }: Epochs): readonly EpochEvent[] => {
  const closed: EpochEvent = { type: epochClosed, data: { epoch: open }, at: command.at };
  if (command.type === 'CloseEpoch') return [closed];
  const { name, at } = command;
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
  return [closed, { type: releaseCut, data: { name, epoch: open }, at }];
};

/** Epochs and releases: a release closes the open epoch and gives it a name. */
export const epochs: Decider<EpochCommand, EpochEvent, Epochs> = {
  initial: () => ({ open: 1, releases: [] }),
  evolve: (state, event) =>
    event.type === epochClosed
      ? { ...state, open: event.data.epoch + 1 }
      : { ...state, releases: [...state.releases, { ...event.data, cutAt: event.at }] },
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
 * @throws KarnamaError `release-exists`, `bad-release-name`
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
    try {
      await ledger.append([{ stream: epochStream, expected, events }]);
      return decided.reduce(epochs.evolve, state);
    } catch (error) {
      if (!(error instanceof RevisionConflict)) throw error;
    }
  }
};
