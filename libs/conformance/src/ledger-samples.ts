import type { EventMetadata, Json, NewEvent, RecordedEvent } from '@karnama/kernel';
import type { Ledger, LedgerFilter, LedgerPage, StreamWrite } from '@karnama/ledger';

/** A UUID that is the same for the same number. */
export const eventId = (n: number): string => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

export const sampleMetadata: EventMetadata = {
  schemaVersion: 1,
  receivedAt: '2026-02-01T08:30:00.000Z',
  agency: 'labour-ministry',
  source: { topic: 'karnama.labour-ministry.movements', partition: 0, offset: '9007199254740993' },
};

export const sampleEvent = (n: number, type = 'MovementDeclared', data: Json = { n }): NewEvent => ({
  id: eventId(n),
  type,
  data,
  metadata: sampleMetadata,
});

/** Events numbered `from` … `from + count - 1`. */
export const sampleEvents = (from: number, count: number, type?: string): readonly NewEvent[] =>
  Array.from({ length: count }, (_, index) => sampleEvent(from + index, type));

export const write = (
  stream: string,
  expected: StreamWrite['expected'],
  events: readonly NewEvent[],
): StreamWrite => ({ stream, expected, events });

/** A recorded event as plain data: adapters may read `data` and `metadata` on demand. */
export const plain = ({ stream, revision, position, id, type, data, metadata }: RecordedEvent) => ({
  stream,
  revision,
  position,
  id,
  type,
  data,
  metadata,
});

export const idsOf = (events: readonly RecordedEvent[]): readonly string[] => events.map((event) => event.id);

/** Every page behind `after`, until one says that it has caught up. */
export const pagesOf = async (
  ledger: Ledger,
  after: bigint,
  filter: LedgerFilter,
  limit: number,
): Promise<readonly LedgerPage[]> => {
  const pages: LedgerPage[] = [];
  for (let at = after; ;) {
    const page = await ledger.readAll(at, filter, limit);
    pages.push(page);
    if (page.caughtUp) return pages;
    if (page.position <= at) throw new Error(`the page behind ${at} did not move`);
    at = page.position;
  }
};

export const allEvents = async (
  ledger: Ledger,
  filter: LedgerFilter = {},
): Promise<readonly RecordedEvent[]> =>
  (await pagesOf(ledger, 0n, filter, 100)).flatMap((page) => page.events);
