import type { EventMetadata, Json, RecordedEvent } from '@karnama/kernel';
import type { EventTexts } from '@karnama/ledger';

/**
 * An event as it was read: `data` and `metadata` stay text until they are asked for, since a rebuild
 * passes over millions of events and looks into few of them. They are getters: a spread of the event
 * (`{ ...event }`) does not copy them.
 */
export class StoredEvent implements RecordedEvent {
  #data: Json | string;
  #metadata: EventMetadata | string;
  #parsed = 0;

  constructor(
    readonly stream: string,
    readonly revision: bigint,
    readonly position: bigint,
    readonly id: string,
    readonly type: string,
    data: string,
    metadata: string,
  ) {
    this.#data = data;
    this.#metadata = metadata;
  }

  get data(): Json {
    if ((this.#parsed & 1) === 0) {
      this.#data = JSON.parse(this.#data as string) as Json;
      this.#parsed |= 1;
    }
    return this.#data;
  }

  /** The JSON of data and metadata; what was not looked into is given as it was read. */
  get texts(): EventTexts {
    return {
      data: (this.#parsed & 1) === 0 ? (this.#data as string) : JSON.stringify(this.#data),
      metadata: (this.#parsed & 2) === 0 ? (this.#metadata as string) : JSON.stringify(this.#metadata),
    };
  }

  get metadata(): EventMetadata {
    if ((this.#parsed & 2) === 0) {
      this.#metadata = JSON.parse(this.#metadata as string) as EventMetadata;
      this.#parsed |= 2;
    }
    return this.#metadata as EventMetadata;
  }
}
