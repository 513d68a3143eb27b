import type { Command } from 'commander';
import { tracesOf, type CellSelection } from '@karnama/cells';
import { KarnamaError, parseMonth, type RecordSource } from '@karnama/kernel';
import { trailOf } from '@karnama/nest';
import { planOf } from '@karnama/statistics';
import type { Footing } from '../footing.js';
import { count, json, print, say, table } from '../output.js';
import { filtersOf } from './conditions.js';
import { runCommand, withCommonOptions, type CommonOptions } from '../run-command.js';

type LineageOptions = CommonOptions & {
  readonly measure: string;
  readonly month: string;
  readonly where?: readonly string[];
  readonly entities: string;
};

type Delivered = { readonly agency: string; readonly contract: string; entities: number; records: number };

type TracedEntity = {
  readonly entity: string;
  readonly contributes: number;
  readonly records: readonly (RecordSource & {
    readonly event?: { stream: string; revision: string; type: string; submission: string | null };
  })[];
};

/** A record with the ledger event that brought its newest version. */
const withEvent = async (
  ledger: Footing['ledger'],
  source: RecordSource,
): Promise<TracedEntity['records'][number]> => {
  const event = await trailOf(ledger).eventAt(BigInt(source.position));
  if (event === undefined) return source;
  const { stream, revision, type, metadata } = event;
  return {
    ...source,
    event: { stream, revision: String(revision), type, submission: metadata.submission ?? null },
  };
};

const trace = async (
  { cells, ledger, calendar }: Footing,
  dataflow: string,
  options: LineageOptions,
): Promise<{ total: bigint; entities: number; delivered: Delivered[]; shown: TracedEntity[] }> => {
  const plan = planOf(
    {
      dataflow,
      measures: [options.measure],
      by: [],
      where: filtersOf(options.where ?? []),
      asKnownAt: 'latest',
      view: 'effective',
    },
    calendar,
  );
  const { published, query } = plan;
  const at = published.dataflow.measures.findIndex(({ code }) => code === options.measure);
  const measure = published.dataflow.measures[at];
  if (measure === undefined)
    throw new KarnamaError(
      'unknown-measure',
      `${dataflow} keeps no measure "${options.measure}"`,
      `one of ${published.dataflow.measures.map(({ code }) => code).join(', ')}`,
    );
  const month = parseMonth(options.month);
  const selection: CellSelection = {
    where: query.where,
    to: month,
    ...(measure.kind === 'stock' ? {} : { from: month }),
  };
  const delivered = new Map<string, Delivered>();
  const shown: TracedEntity[] = [];
  let [total, entities] = [0n, 0];
  const generation = await cells.open(published.projection);
  for await (const { entity, measures, sources } of tracesOf(
    cells,
    generation,
    published.dataflow,
    selection,
  )) {
    const contributes = measures[at] ?? 0;
    if (contributes === 0) continue;
    total += BigInt(contributes);
    entities += 1;
    for (const [name, records] of byFeed(sources)) {
      const found = delivered.get(name) ?? { ...records.feed, entities: 0, records: 0 };
      delivered.set(name, { ...found, entities: found.entities + 1, records: found.records + records.count });
    }
    if (shown.length < Number(options.entities)) {
      const records = [];
      for (const source of sources) records.push(await withEvent(ledger, source));
      shown.push({ entity, contributes, records });
    }
  }
  return { total, entities, delivered: [...delivered.values()], shown };
};

const byFeed = (
  sources: readonly RecordSource[],
): Map<string, { feed: { agency: string; contract: string }; count: number }> => {
  const feeds = new Map<string, { feed: { agency: string; contract: string }; count: number }>();
  for (const { agency, contract } of sources) {
    const name = `${agency}/${contract}`;
    const found = feeds.get(name) ?? { feed: { agency, contract }, count: 0 };
    found.count += 1;
    feeds.set(name, found);
  }
  return feeds;
};

export const addLineage = (program: Command): void => {
  withCommonOptions(program.command('lineage'))
    .argument('<dataflow>', 'for example JOBS')
    .summary('from a figure back to its records')
    .description(
      'Follows a figure as known now back to the agencies and contracts whose records it rests on, and, for auditors, to its entities (persons by pseudonym) and their ledger events.',
    )
    .requiredOption('--measure <code>', 'measure of the dataflow, such as hires')
    .requiredOption('--month <month>', 'month of the figure, such as 1404-03')
    .option('--where <condition...>', 'such as area=IR-23 industry=C,G')
    .option('--entities <n>', 'show so many entities with their records and events', '0')
    .addHelpText(
      'after',
      '\nExamples:\n  karnama lineage JOBS --measure hires --month 1404-03 --where area=IR-23\n  karnama lineage JOBS --measure jobs --month 1404-03 --where area=IR-23 industry=C --entities 5 --json',
    )
    .action((dataflow: string, options: LineageOptions) =>
      runCommand(options, 'lineage: follows a figure back', async ({ footing }) => {
        const found = await trace(footing, dataflow, options);
        if (options.json === true)
          return print(json({ dataflow, measure: options.measure, month: options.month, ...found }));
        await print(
          table(
            ['agency', 'contract', 'entities', 'records'],
            found.delivered.map(({ agency, contract, entities, records }) => [
              agency,
              contract,
              count(entities),
              count(records),
            ]),
          ),
        );
        for (const { entity, contributes, records } of found.shown) {
          await print(`\n${entity} contributes ${contributes}\n`);
          for (const { agency, contract, recordId, version, withdrawn, event } of records)
            await print(
              `  ${agency} ${contract} ${recordId} v${version}${withdrawn ? ' (withdrawn)' : ''}` +
                (event === undefined ? '\n' : `  ${event.type} ${event.stream}@${event.revision}\n`),
            );
        }
        say(`${options.measure} = ${count(found.total)} from ${count(found.entities)} entities`);
        return undefined;
      }),
    );
};
