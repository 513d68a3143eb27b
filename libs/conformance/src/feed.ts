import type { EventMetadata, Json, NewEvent, RecordedEvent } from '@karnama/kernel';

/** An event as intake would have written it, for tests that begin at the ledger. */
export const fedEvent = (
  number: number,
  type: string,
  data: Json,
  metadata: Partial<EventMetadata> = {},
): NewEvent => ({
  id: `00000000-0000-5000-8000-${number.toString(16).padStart(12, '0')}`,
  type,
  data,
  metadata: {
    schemaVersion: 1,
    receivedAt: '2026-02-01T00:00:00.000Z',
    agency: 'agency',
    contract: 'contract',
    contractVersion: 1,
    recordId: String(number),
    recordVersion: 1,
    source: { topic: 'karnama.agency.contract', partition: 0, offset: String(number) },
    ...metadata,
  },
});

/** The same as the ledger would hand it out. */
export const recorded = (
  event: NewEvent,
  position: bigint,
  stream = 'feed_agency_contract-0',
): RecordedEvent => ({
  ...event,
  stream,
  revision: position - 1n,
  position,
});
