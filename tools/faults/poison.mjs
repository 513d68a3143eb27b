/** Messages that no contract knows, between those of an agency that is in order. */
import { driverOf, driverPackage, kafkajs } from './driver.mjs';
import { messageOf } from './records.mjs';

const { CompressionCodecs, CompressionTypes } = kafkajs;

const HEADERS = { contract: 'movements', 'contract-version': '1' };
const DEPTH = 10_000;

const good = (change) => JSON.stringify({ ...JSON.parse(messageOf(0, 1).value), ...change });

/** Name → message; every one of them must be quarantined. */
const POISON = {
  tombstone: { value: null },
  'empty value': { value: '' },
  'invalid UTF-8': { value: Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0xff, 0xfe, 0x22, 0x7d]) },
  'good record with invalid UTF-8 in a field': {
    value: Buffer.concat([Buffer.from(good({}).slice(0, -1)), Buffer.from(',"x":"\xff"}', 'latin1')]),
  },
  'invalid UTF-8 in a header': { value: good({}), headers: { 'record-id': Buffer.from([0xff, 0xfe]) } },
  'array 10,000 deep': { value: '['.repeat(DEPTH) + ']'.repeat(DEPTH) },
  'object 10,000 deep in a field': {
    value: good({}).replace('}', `,"x":${'{"a":'.repeat(DEPTH)}1${'}'.repeat(DEPTH)}}`),
  },
  '__proto__ as a field': { value: good({}).replace('{', '{"__proto__":{"area":"BR-MA"},') },
  'constructor as a field': { value: good({}).replace('{', '{"constructor":{"prototype":{}},') },
  NaN: { value: good({}).replace(/"age":\d+/, '"age":NaN') },
  'a number beyond all': { value: good({}).replace(/"age":\d+/, '"age":1e999') },
  'NUL in a code': { value: good({ area: 'BR-MA\0' }) },
  'half a surrogate pair in a code': { value: good({}).replace('BR-MA', '\\ud800') },
  'not JSON': { value: 'area;direction\nBR-MA;hire' },
  'a contract of the future': { value: good({}), headers: { 'contract-version': '99' } },
};

const HUGE_BYTES = 50 * 1024 * 1024;
const huge = () => ({ value: `{"area":"${'x'.repeat(HUGE_BYTES)}"}` });

/** A zstd frame without compression: RFC 8878, raw blocks. */
const zstdFrame = (content) => {
  const head = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0, 0, 0, 0]); // single segment, size in 4 bytes
  head.writeUInt32LE(content.length, 5);
  const blocks = [];
  for (let at = 0; at < content.length; at += 128 * 1024) {
    const piece = content.subarray(at, at + 128 * 1024);
    const isLast = at + piece.length === content.length ? 1 : 0;
    const block = Buffer.alloc(3);
    block.writeUIntLE(isLast | (piece.length << 3), 0, 3);
    blocks.push(block, piece);
  }
  return Buffer.concat([head, ...blocks]);
};

const UNKNOWN_CODEC = 5;

/** Codecs that an agency may use, and two of which no broker knows what to make. */
const registerCodecs = () => {
  CompressionCodecs[CompressionTypes.Snappy] = driverPackage('kafkajs-snappy');
  const { compressFrame } = driverPackage('lz4-napi');
  CompressionCodecs[CompressionTypes.LZ4] = () => ({ compress: ({ buffer }) => compressFrame(buffer) });
  CompressionCodecs[CompressionTypes.ZSTD] = () => ({ compress: async ({ buffer }) => zstdFrame(buffer) });
  CompressionCodecs[UNKNOWN_CODEC] = () => ({ compress: async ({ buffer }) => buffer });
};

const CODECS = {
  gzip: CompressionTypes.GZIP,
  snappy: CompressionTypes.Snappy,
  lz4: CompressionTypes.LZ4,
  zstd: CompressionTypes.ZSTD,
};

/** Known records, one batch of each codec: they must be taken in as if they were not compressed. */
const publishCompressed = async (stack, send) => {
  for (const compression of Object.values(CODECS)) {
    const n = stack.published;
    const message = messageOf(n, stack.partitions);
    const [{ partition, baseOffset }] = await send([message], compression);
    stack.acknowledged.set(`${stack.topic}/${partition}/${baseOffset}`, n);
    stack.published = n + 1;
  }
};

/** Batches that say one codec and are another. A broker that looks into them refuses them. */
const publishWrongCodecs = async (send, note) => {
  const message = { ...messageOf(0, 1), key: 'wrong-codec' };
  const attempt = async (what, compression) => {
    const refused = await send([message], compression).then(
      () => undefined,
      (error) => error,
    );
    const why = refused?.cause?.type ?? refused?.type ?? refused?.message ?? '';
    note(refused === undefined ? `the broker took in ${what}` : `the broker refuses ${what} (${why})`);
  };
  await attempt('an unknown codec', UNKNOWN_CODEC);
  const { GZIP } = CompressionTypes;
  const proper = CompressionCodecs[GZIP];
  CompressionCodecs[GZIP] = () => ({ compress: async () => Buffer.from('this is not gzip at all') });
  try {
    await attempt('a batch that is not what its codec says', GZIP);
  } finally {
    CompressionCodecs[GZIP] = proper;
  }
};

const quarantinedAt = async (stack, places) => {
  const events = await (await stack.stores()).eventsBySource();
  return places.filter(([place]) => events.get(place)?.[0]?.type !== 'RecordQuarantined');
};

/** Publishes everything, spread over the partitions; the check is made once all is settled. */
export const publishPoison = async ({ stack, note, problem, afterSettling }, { withHuge }) => {
  registerCodecs();
  const driver = driverOf(stack.brokers, 'poisoner');
  const producer = driver.producer({ retry: { retries: 1 } });
  await producer.connect();
  const send = (messages, compression) =>
    producer.send({ topic: stack.topic, acks: -1, timeout: 60_000, messages, compression });
  const places = [];
  try {
    await publishCompressed(stack, send);
    const messages = Object.entries({ ...POISON, ...(withHuge ? { '50 MB': huge() } : {}) });
    for (const [index, [name, { value, headers = {} }]] of messages.entries()) {
      const partition = index % stack.partitions;
      const message = { partition, key: 'poison', value, headers: { ...HEADERS, ...headers } };
      const [{ baseOffset }] = await send([message]);
      places.push([`${stack.topic}/${partition}/${baseOffset}`, name]);
    }
    await publishWrongCodecs(send, note);
  } finally {
    await producer.disconnect();
  }
  afterSettling(async () => {
    for (const [, name] of await quarantinedAt(stack, places)) problem(`not quarantined: ${name}`);
  });
};
