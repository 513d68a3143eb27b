import type { Command } from 'commander';
import { KarnamaError } from '@karnama/kernel';
import type { DataAnswer, DataRequest, DataValue } from '@karnama/statistics';
import { print, say, table } from '../output.js';
import { filtersOf, listOf } from './conditions.js';
import { runCommand, withCommonOptions, type CommonOptions } from '../run-command.js';

type QueryOptions = CommonOptions & {
  readonly measure?: string;
  readonly by?: string;
  readonly where?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly asKnownAt: string;
  readonly view: string;
  readonly format?: string;
};

const requestOf = (dataflow: string, options: QueryOptions): DataRequest => {
  if (options.view !== 'effective' && options.view !== 'declared')
    throw new KarnamaError('bad-request', `"${options.view}" is no view`, 'effective or declared');
  return {
    dataflow,
    measures: listOf(options.measure),
    by: listOf(options.by),
    where: filtersOf(options.where ?? []),
    ...(options.from === undefined ? {} : { from: options.from }),
    ...(options.to === undefined ? {} : { to: options.to }),
    asKnownAt: options.asKnownAt,
    view: options.view,
  };
};

const text = (value: DataValue): string => (value === null ? '' : String(value));

/** RFC 4180: fields with a comma, quote or line break are quoted. */
const csvField = (value: DataValue): string => {
  const field = text(value);
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
};

const printCsv = async (answer: DataAnswer): Promise<void> => {
  await print(`${[...answer.by, ...answer.measures].map(csvField).join(',')}\r\n`);
  for await (const row of answer.rows) await print(`${row.map(csvField).join(',')}\r\n`);
};

const jsonValue = (value: DataValue): string =>
  typeof value === 'bigint' && Number.isSafeInteger(Number(value))
    ? value.toString()
    : JSON.stringify(value === null ? null : String(value));

const printJson = async (answer: DataAnswer): Promise<void> => {
  const { dataflow, version, view, knowledge, by, measures, notes } = answer;
  const head = JSON.stringify({ dataflow, version, view, knowledge, by, measures });
  const columns = [...by, ...measures];
  await print(`${head.slice(0, -1)},"rows":[`);
  let separator = '\n';
  for await (const row of answer.rows) {
    await print(
      `${separator}{${row.map((value, i) => `${JSON.stringify(columns[i])}:${jsonValue(value)}`).join(',')}}`,
    );
    separator = ',\n';
  }
  await print(`\n],"notes":${JSON.stringify(notes)}}\n`);
};

const printTable = async (answer: DataAnswer): Promise<void> => {
  const rows: string[][] = [];
  for await (const row of answer.rows) rows.push(row.map(text));
  await print(table([...answer.by, ...answer.measures], rows));
  for (const note of answer.notes) say(`note: ${note.en}`);
};

const printers: Readonly<Record<string, (answer: DataAnswer) => Promise<void>>> = {
  csv: printCsv,
  json: printJson,
  table: printTable,
};

export const addQuery = (program: Command): void => {
  withCommonOptions(program.command('query'))
    .summary('ask a dataflow')
    .description('Asks a dataflow for measures, grouped and filtered, as known at any release.')
    .argument('<dataflow>', 'MOVEMENTS or MOVEMENTS_LOCAL')
    .option(
      '--measure <codes>',
      'measures, comma between them: hires, separations, net, stock, wage_bill, with_wage (default: all)',
    )
    .option('--by <columns>', 'group by month, declared, dimensions, area@state, area@country')
    .option('--where <condition...>', 'filter, e.g. area=BR-MA or industry=C,G; may stand several times')
    .option('--from <month>', 'first month, e.g. 2025-01 or 1403-01')
    .option('--to <month>', 'last month')
    .option('--as-known-at <release>', 'a release, a day such as 1404-02-11, or latest', 'latest')
    .option(
      '--view <axis>',
      'effective: months in which it was true; declared: months in which it was declared',
      'effective',
    )
    .option('--format <form>', 'table, csv or json')
    .addHelpText(
      'after',
      `
Examples:
  karnama query MOVEMENTS --measure hires,separations,net --by month --where area=IR
  karnama query MOVEMENTS --measure stock --by month --where area=BR --as-known-at 2026-01-revised --format csv
  karnama query MOVEMENTS_LOCAL --measure net --by area --where area=IR-23 --from 1404-01 --to 1404-12`,
    )
    .action(async (dataflow: string, options: QueryOptions) => {
      await runCommand(options, 'query: asks for figures', async ({ footing }) => {
        const format = options.format ?? (options.json === true ? 'json' : 'table');
        const printer = printers[format];
        if (printer === undefined)
          throw new KarnamaError('bad-request', `"${format}" is no format`, 'table, csv or json');
        await printer(await footing.statistics.data(requestOf(dataflow, options)));
      });
    });
};
