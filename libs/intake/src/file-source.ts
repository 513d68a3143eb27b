import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { KarnamaError, messageOf } from '@karnama/kernel';

/** A file to read: uncompressed content whatever the file is, and how far the reading is. */
export type FileSource = {
  /** Bytes on disk. */
  readonly size: number;
  /** The content from the beginning. @throws KarnamaError `unreadable-file` also for damaged gzip data */
  readonly chunks: (onRead: (bytesRead: number) => void) => AsyncGenerator<Buffer>;
};

const unreadable = (path: string, cause: unknown): KarnamaError =>
  new KarnamaError(
    'unreadable-file',
    `${path}: ${messageOf(cause)}`,
    'check the path and that the file is whole',
    { cause },
  );

const isGzip = async (path: string): Promise<boolean> => {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer.readUInt16BE(0) === 0x1f8b;
  } finally {
    await handle.close();
  }
};

const CHUNK = 256 * 1024;

async function* contentOf(
  path: string,
  gzip: boolean,
  onRead: (bytesRead: number) => void,
): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: CHUNK });
  const content = gzip ? file.pipe(createGunzip({ chunkSize: CHUNK })) : file;
  if (content !== file) file.on('error', (error) => content.destroy(error));
  try {
    for await (const chunk of content) {
      onRead(file.bytesRead);
      yield chunk as Buffer;
    }
  } catch (cause) {
    throw cause instanceof KarnamaError ? cause : unreadable(path, cause);
  } finally {
    content.destroy();
    file.destroy();
  }
}

/**
 * Opens a file, plain or gzip (told by its first bytes, not its name).
 * @throws KarnamaError `unreadable-file`
 */
export const fileSource = async (path: string): Promise<FileSource> => {
  try {
    const info = await stat(path);
    if (!info.isFile()) throw new Error('it is no file');
    const gzip = await isGzip(path);
    return { size: info.size, chunks: (onRead) => contentOf(path, gzip, onRead) };
  } catch (cause) {
    throw unreadable(path, cause);
  }
};

/** SHA-256 of the uncompressed content, in hex: the identity of a submission by file. */
export const digestOf = async (
  source: FileSource,
  onRead: (bytesRead: number) => void,
  signal?: AbortSignal,
): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of source.chunks(onRead)) {
    refuseAborted(signal);
    hash.update(chunk);
  }
  return hash.digest('hex');
};

/** @throws KarnamaError `interrupted`: what is published stays, and the next run goes on behind it */
export const refuseAborted = (signal: AbortSignal | undefined): void => {
  if (signal?.aborted === true)
    throw new KarnamaError(
      'interrupted',
      'the import was interrupted',
      'run it again; it goes on where it stopped',
    );
};
