import type { EventMetadata, Json, RecordedEvent } from '@karnama/kernel';
import { textsOf } from '@karnama/ledger';

/** An event as one entity is told of it. */
export type ToldLine = {
  readonly epoch: number;
  /** How many entities it tells of. */
  readonly entities: number;
  readonly event: RecordedEvent;
};

/** The JSON of the entity stands before the JSON of these, and a tab, which no JSON text holds, between. */
type Line = [
  epoch: number,
  entities: number,
  position: string,
  stream: string,
  revision: string,
  id: string,
  type: string,
  data: Json,
  metadata: EventMetadata,
];

/** The lines of an event, one for each entity that it tells of; without line breaks. */
export const linesOf = (event: RecordedEvent, entities: readonly string[], epoch: number): string[] => {
  const { position, stream, revision, id, type } = event;
  const { data, metadata } = textsOf(event);
  const rest = `\t[${epoch},${entities.length},"${position}",${JSON.stringify(stream)},"${revision}","${id}",${JSON.stringify(type)},${data},${metadata}]`;
  return entities.map((entity) => JSON.stringify(entity) + rest);
};

/** What stands before the tab: the same text for the same entity. */
export const entityTextIn = (line: string): string => line.slice(0, line.indexOf('\t'));

/** What a line of `linesOf` says, word for word. */
export const toldIn = (line: string): ToldLine => {
  const [epoch, entities, position, stream, revision, id, type, data, metadata] = JSON.parse(
    line.slice(line.indexOf('\t') + 1),
  ) as Line;
  const event = { position: BigInt(position), stream, revision: BigInt(revision), id, type, data, metadata };
  return { epoch, entities, event };
};
