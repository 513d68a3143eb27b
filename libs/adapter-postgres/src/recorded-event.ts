import type { EventMetadata, Json, RecordedEvent } from '@karnama/kernel';
import type { EventTexts } from '@karnama/ledger';

/**
 * An event as it was read: `data` and `metadata` stay text until they are asked for, since a rebuild
 * passes over millions of events and looks into few of them. They are getters: a spread of the event
 * (`{ ...event }`) does not copy them.
 */
export class StoredEvent implements RecordedEvent {
  readonly #texts: EventTexts;
  #data: Json | undefined;
  #metadata: EventMetadata | undefined;

  constructor(
    readonly stream: string,
    readonly revision: bigint,
    readonly position: bigint,
    readonly id: string,
    readonly type: string,
    data: string,
    metadata: string,
  ) {
    this.#texts = { data, metadata };
  }

  // no JSON text is parsed to undefined
  get data(): Json {
    return (this.#data ??= JSON.parse(this.#texts.data) as Json);
  }

  get metadata(): EventMetadata {
    return (this.#metadata ??= JSON.parse(this.#texts.metadata) as EventMetadata);
  }

  /** The JSON of data and metadata as it was read. */
  get texts(): EventTexts {
    return this.#texts;
  }
}
