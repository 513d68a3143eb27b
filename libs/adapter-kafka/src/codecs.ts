import kafkajs from 'kafkajs';
import { decompress } from 'fzstd';
import snappy from 'kafkajs-snappy';
import { compressFrame, decompressFrame } from 'lz4-napi';
import { KarnamaError } from '@karnama/kernel';

const { CompressionCodecs, CompressionTypes } = kafkajs;

/** What the driver hands to a codec; only the buffer is of interest. */
type Encoded = { readonly buffer: Buffer };

const lz4 = {
  compress: ({ buffer }: Encoded): Promise<Buffer> => compressFrame(buffer),
  decompress: (buffer: Buffer): Promise<Buffer> => decompressFrame(buffer),
};

const zstd = {
  compress: async (): Promise<Buffer> => {
    throw new KarnamaError(
      'codec-reads-only',
      'zstd can be read here, not written',
      'publish with gzip or lz4',
    );
  },
  decompress: async (buffer: Buffer): Promise<Buffer> => Buffer.from(decompress(buffer)),
};

/**
 * Makes the driver read every compression that a producer may use. Without this one batch of snappy,
 * lz4 or zstd from any agency ends a consumer for good. The driver keeps its codecs for the whole process.
 */
export const registerCodecs = (): void => {
  CompressionCodecs[CompressionTypes.Snappy] = snappy;
  CompressionCodecs[CompressionTypes.LZ4] = () => lz4;
  CompressionCodecs[CompressionTypes.ZSTD] = () => zstd;
};
