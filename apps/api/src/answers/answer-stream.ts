import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { DataAnswer } from '@karnama/statistics';
import type { AnswerWriter } from './answer-format.js';

const chunkCharacters = 64 * 1024;

async function* chunksOf(writer: AnswerWriter, rows: DataAnswer['rows']): AsyncGenerator<string, void, void> {
  let chunk = writer.head;
  let index = 0;
  for await (const row of rows) {
    chunk += writer.row(row, index);
    index += 1;
    if (chunk.length < chunkCharacters) continue;
    yield chunk;
    chunk = '';
    // Rows that are at hand would otherwise keep every other request waiting until the last one is out.
    await setImmediate();
  }
  yield chunk + writer.tail;
}

/**
 * The text of an answer, made only as fast as it is taken: at most a few chunks of 64 K characters are
 * held at a time, however many rows there are. The first chunk is made before this resolves, so that
 * an error up to there is still a proper refusal; a later one destroys the stream and is told to
 * `failed`. Destroying the stream closes the source of the rows.
 */
export const streamAnswer = async (
  writer: AnswerWriter,
  rows: DataAnswer['rows'],
  failed: (error: unknown) => void,
): Promise<Readable> => {
  const chunks = chunksOf(writer, rows);
  let ahead: Promise<IteratorResult<string, void>> | undefined = Promise.resolve(await chunks.next());
  const pull = async (stream: Readable): Promise<void> => {
    try {
      const next = await (ahead ?? chunks.next());
      ahead = undefined;
      stream.push(next.done === true ? null : next.value);
    } catch (error) {
      failed(error);
      stream.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  };
  return new Readable({
    highWaterMark: chunkCharacters,
    read() {
      void pull(this);
    },
    destroy(error, done) {
      chunks.return().then(
        () => done(error),
        () => done(error),
      );
    },
  });
};
