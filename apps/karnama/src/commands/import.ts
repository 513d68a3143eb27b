import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describeProblem, loadContracts, type Contract, type Contracts } from '@karnama/contracts';
import {
  compileMapping,
  contractFor,
  publishFile,
  type FileOutcome,
  type Mapping,
  type Progress,
} from '@karnama/intake';
import { KarnamaError } from '@karnama/kernel';
import { configOf, installation, pathOf } from '../config.js';
import { quarantinedIn } from './quarantine.js';
import { count, exitCodes, json, print, progressLine, reportError } from '../output.js';
import { runCommand, withCommonOptions, type CommonOptions, type Session } from '../run-command.js';
import { settle } from '../settle.js';
import { lendAHand } from '../workers.js';

type ImportOptions = CommonOptions & {
  readonly mapping?: string;
  readonly contract?: string;
  readonly agency?: string;
  readonly dryRun?: boolean;
  readonly to?: string;
  readonly wait: boolean;
};

const localBroker = '127.0.0.1:9092';

/** `--to kafka` means the brokers of the environment, or one on this machine; `kafka://host:port,…` names them. */
const brokersOf = (to: string | undefined): readonly string[] | 'none' | undefined => {
  if (to === undefined) return undefined;
  if (to === 'postgresql') return 'none';
  if (to === 'kafka') return configOf().kafkaBrokers ?? [localBroker];
  const named = /^kafka:\/\/([\w.:,[\]-]+)$/.exec(to)?.[1];
  if (named === undefined)
    throw new KarnamaError('bad-request', `"${to}" is no channel`, 'postgresql, kafka, or kafka://host:port');
  return named.split(',');
};

type Delivery = { readonly contract: Contract; readonly mapping?: Mapping };

const deliveryOf = async (options: ImportOptions, contracts: Contracts): Promise<Delivery> => {
  if ((options.mapping === undefined) === (options.contract === undefined))
    throw new KarnamaError(
      'bad-request',
      'say how the file is to be read',
      'either --mapping FILE or --contract NAME',
    );
  if (options.mapping !== undefined) {
    const file = pathOf(options.mapping);
    const text = await readFile(file, 'utf8').catch((cause: unknown) => {
      throw new KarnamaError(
        'unreadable-file',
        `the mapping ${file} cannot be read`,
        'name a file below mappings/',
        { cause },
      );
    });
    const mapping = compileMapping(text, file);
    return { mapping, contract: contractFor(mapping, contracts) };
  }
  const contract = contracts.newest(options.contract ?? '');
  if (contract === undefined)
    throw new KarnamaError(
      'unknown-contract',
      `there is no contract "${options.contract}"`,
      `one of ${contracts.all.map(({ name }) => name).join(', ')}`,
    );
  return { contract };
};

const duration = (seconds: number): string =>
  seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;

const progressText = (
  file: string,
  { phase, bytesDone, bytesTotal, rows, rate, secondsLeft }: Progress,
): string => {
  const percent = bytesTotal === 0 ? 100 : Math.floor((bytesDone * 100) / bytesTotal);
  const left = secondsLeft === null ? '' : `, ${duration(secondsLeft)} left`;
  return phase === 'digest'
    ? `${file}: taking the digest, ${percent} %`
    : `${file}: ${percent} %, ${count(rows)} rows, ${count(Math.round(rate))} rows/s${left}`;
};

const dryRun = async (file: string, delivery: Delivery, options: ImportOptions): Promise<void> => {
  const line = progressLine();
  const agency = options.agency === undefined ? {} : { agency: options.agency };
  const outcome = await publishFile({
    path: pathOf(file),
    ...delivery,
    ...agency,
    dryRun: true,
    onProgress: (progress) => line.show(progressText(file, progress)),
  });
  line.end();
  if (options.json === true) return print(json({ dryRun: true, ...outcome }));
  await print(
    `${file}: ${count(outcome.rows)} rows, ${count(outcome.rows - outcome.refused)} good, ${count(outcome.refused)} would be quarantined; nothing was stored\n`,
  );
  for (const { line: at, problems } of outcome.problems)
    for (const problem of problems) {
      const { message, mend } = describeProblem(problem, delivery.contract.mends);
      await print(
        `  line ${at}: ${message.en}${problem.value === null ? '' : ` (${problem.value})`} [${problem.code}]\n    ${mend.en}\n`,
      );
    }
  return undefined;
};

type Done = FileOutcome & {
  readonly seconds: number;
  /** Absent when nobody waited for the rows to be taken in. */
  readonly accepted?: number;
  readonly quarantined?: number;
};

const takeIn = async (
  { footing, signal }: Session,
  file: string,
  delivery: Delivery,
  options: ImportOptions,
): Promise<Done> => {
  const began = performance.now();
  const line = progressLine();
  const workers = lendAHand(footing);
  const agency = options.agency === undefined ? {} : { agency: options.agency };
  try {
    const publishing = publishFile({
      path: pathOf(file),
      ...delivery,
      ...agency,
      channel: footing.channel,
      signal,
      now: () => performance.now(),
      onProgress: (progress) => line.show(progressText(file, progress)),
    });
    const outcome = await Promise.race([publishing, workers.failed]);
    if (options.wait)
      await settle(footing, workers, signal, ({ records, events }) =>
        line.show(`${file}: ${count(records)} records to take in, ${count(events)} events to count`),
      );
    if (signal.aborted)
      throw new KarnamaError(
        'interrupted',
        `the import of ${file} was interrupted`,
        'run it again: it goes on where it stopped',
      );
    const seconds = (performance.now() - began) / 1000;
    if (!options.wait) return { ...outcome, seconds };
    const quarantined = await quarantinedIn(footing, outcome.submission);
    return { ...outcome, seconds, quarantined, accepted: outcome.rows - quarantined };
  } finally {
    line.end();
    await workers.stop();
  }
};

const inWords = (
  file: string,
  { rows, accepted, quarantined, alreadyThere, seconds, topic }: Done,
): string => {
  const rate = count(Math.round(rows / seconds));
  const lines = [`${file}: ${count(rows)} rows in ${seconds.toFixed(1)} s (${rate} rows/s) to ${topic}`];
  if (alreadyThere > 0) lines.push(`  ${count(alreadyThere)} of them had been published before`);
  if (accepted === undefined || quarantined === undefined)
    lines.push('  published; see karnama status for what becomes of them');
  else lines.push(`  ${count(accepted)} accepted, ${count(quarantined)} quarantined`);
  if (quarantined !== undefined && quarantined > 0) lines.push('  see: karnama quarantine list');
  return `${lines.join('\n')}\n`;
};

export const addImport = (program: Command): void => {
  withCommonOptions(program.command('import'))
    .summary("take in an agency's file")
    .description(
      'Takes in a CSV or NDJSON file (.gz too), each row exactly once, however often it is run or interrupted.',
    )
    .argument('<file>')
    .option('--mapping <file>', 'how the columns become fields of the contract (see mappings/)')
    .option('--contract <name>', "without a mapping: the columns are the contract's field names")
    .option('--agency <code>', 'the agency that delivers (default: of the mapping or the contract)')
    .option('--dry-run', 'read and check the file, store nothing')
    .option(
      '--to <channel>',
      'postgresql, kafka, or kafka://host:port (default: kafka if KARNAMA_KAFKA_BROKERS is set)',
    )
    .option('--no-wait', 'do not wait until the rows are in the ledger and counted')
    .addHelpText(
      'after',
      `
Examples:
  karnama import --mapping mappings/novo-caged/late.yaml CAGEDFOR202601.csv
  karnama import --contract movement-totals samples/novo-caged/totals-2026-01.csv
  karnama import --dry-run --contract movements hires.csv`,
    )
    .action(async (file: string, options: ImportOptions) => {
      try {
        const contracts = await loadContracts(join(installation, 'schemas', 'contracts'));
        const delivery = await deliveryOf(options, contracts);
        if (options.dryRun === true) return await dryRun(file, delivery, options);
        const kafkaBrokers = brokersOf(options.to);
        const work = async (session: Session): Promise<void> => {
          const done = await takeIn(session, file, delivery, options);
          const { problems: _shown, refused: _refused, ...summary } = done;
          await print(options.json === true ? json(summary) : inWords(file, done));
        };
        return await runCommand(
          options,
          'import: takes in a file',
          work,
          kafkaBrokers === undefined ? {} : { kafkaBrokers },
        );
      } catch (error) {
        reportError(error, options.json === true);
        process.exitCode = exitCodes.failed;
        return undefined;
      }
    });
};
