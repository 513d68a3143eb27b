import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Command } from 'commander';
import type { Ledger, LedgerFilter } from '@karnama/ledger';
import { pathOf } from '../config.js';
import { count, json, print, say } from '../output.js';
import { runCommand, withCommonOptions, type CommonOptions } from '../run-command.js';

type ExportOptions = CommonOptions & {
  readonly out?: string;
  readonly stream?: readonly string[];
  readonly type?: readonly string[];
  readonly after: string;
};

const page = 5000;

const eventLines = async function* (
  ledger: Ledger,
  after: bigint,
  filter: LedgerFilter,
  onEvents: (n: number) => void,
): AsyncIterable<string> {
  for (let position = after; ;) {
    const { events, position: next, caughtUp } = await ledger.readAll(position, filter, page);
    onEvents(events.length);
    for (const { position: at, stream, revision, id, type, data, metadata } of events)
      yield `${JSON.stringify({ position: String(at), stream, revision: String(revision), id, type, data, metadata })}\n`;
    if (caughtUp) return;
    position = next;
  }
};

/** Standard output stays open: other things may still be printed. */
const toStdout = async (lines: AsyncIterable<string>): Promise<void> => {
  for await (const line of lines)
    if (!process.stdout.write(line)) await once(process.stdout as Writable, 'drain');
};

export const addExport = (program: Command): void => {
  withCommonOptions(program.command('export'))
    .summary('write the ledger out, event by event')
    .description(
      'Writes the events of the ledger in their order, one JSON object a line: everything that Karnama knows, for archives and audits.',
    )
    .option('--out <file>', 'a file; compressed when it ends in .gz (default: standard output)')
    .option('--stream <prefix...>', 'only streams that begin so, e.g. feed_br-mte_')
    .option('--type <prefix...>', 'only event types that begin so, e.g. Movement')
    .option('--after <position>', 'only events behind this position', '0')
    .addHelpText(
      'after',
      '\nExamples:\n  karnama export --out ledger.ndjson.gz\n  karnama export --type RecordQuarantined',
    )
    .action((options: ExportOptions) =>
      runCommand(options, 'export: reads the ledger', async ({ footing }) => {
        let events = 0;
        const filter: LedgerFilter = {
          ...(options.stream === undefined ? {} : { streams: options.stream }),
          ...(options.type === undefined ? {} : { types: options.type }),
        };
        const lines = eventLines(footing.ledger, BigInt(options.after), filter, (n) => (events += n));
        if (options.out === undefined) return toStdout(lines);
        const file = createWriteStream(pathOf(options.out), { flags: 'wx' });
        await (options.out.endsWith('.gz')
          ? pipeline(Readable.from(lines), createGzip(), file)
          : pipeline(Readable.from(lines), file));
        say(`${count(events)} events written to ${options.out}`);
        if (options.json === true) await print(json({ file: options.out, events }));
        return undefined;
      }),
    );
};
