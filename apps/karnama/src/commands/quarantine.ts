import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { describeProblem } from '@karnama/contracts';
import type { ListedNote, QuarantineQuery } from '@karnama/intake';
import { KarnamaError } from '@karnama/kernel';
import { pathOf } from '../config.js';
import type { Footing } from '../footing.js';
import { count, json, print, say, table } from '../output.js';
import { runCommand, withCommonOptions, type CommonOptions } from '../run-command.js';

type Filter = CommonOptions & {
  readonly agency?: string;
  readonly contract?: string;
  readonly submission?: string;
  readonly limit?: string;
};

const page = 500;

const queryOf = ({ agency, contract, submission }: Filter): Omit<QuarantineQuery, 'after' | 'limit'> => ({
  ...(agency === undefined ? {} : { agency }),
  ...(contract === undefined ? {} : { contract }),
  ...(submission === undefined ? {} : { submission }),
});

const notesOf = async function* (footing: Footing, filter: Filter): AsyncIterable<ListedNote> {
  for (let after = 0n; ;) {
    const notes = await footing.quarantine.list({ ...queryOf(filter), after, limit: page });
    yield* notes;
    const last = notes.at(-1);
    if (last === undefined || notes.length < page) return;
    after = last.number;
  }
};

/** How many rows of a submission are quarantined. */
export const quarantinedIn = async (footing: Footing, submission: string): Promise<number> => {
  let found = 0;
  for await (const _note of notesOf(footing, { submission })) found++;
  return found;
};

/** Problems in words, with the mend that the record's own contract has for the field. */
const explained = (footing: Footing, note: Pick<ListedNote, 'contract' | 'problems'>) => {
  const mends = footing.contracts.newest(note.contract)?.mends ?? {};
  return note.problems.map((problem) => {
    const { message, mend } = describeProblem(problem, mends);
    return { ...problem, message, mend };
  });
};

const list = async (footing: Footing, options: Filter): Promise<void> => {
  const limit = Number(options.limit ?? 50);
  const notes: ListedNote[] = [];
  let more = false;
  for await (const note of notesOf(footing, options)) {
    if (notes.length === limit) {
      more = true;
      break;
    }
    notes.push(note);
  }
  if (options.json === true)
    return print(
      json({ records: notes.map((note) => ({ ...note, problems: explained(footing, note) })), more }),
    );
  if (notes.length === 0) return print('nothing is quarantined\n');
  const rows = notes.flatMap((note) =>
    explained(footing, note).map((problem) => [
      String(note.number),
      `${note.agency}/${note.contract}`,
      note.file ?? '',
      note.line === null ? '' : String(note.line),
      problem.code,
      problem.field ?? '',
      problem.value ?? '',
      problem.mend.en,
    ]),
  );
  await print(
    table(['no', 'agency/contract', 'file', 'line', 'code', 'field', 'value (masked)', 'what to do'], rows),
  );
  if (more) say(`only the first ${count(limit)} are shown: use --limit, or export all`);
  return undefined;
};

/** By its number in the list, or by its event id. */
const find = async (footing: Footing, which: string) => {
  if (/^\d+$/.test(which)) {
    const [note] = await footing.quarantine.list({ after: BigInt(which) - 1n, limit: 1 });
    if (note?.number === BigInt(which)) return footing.quarantine.get(note.eventId);
    return undefined;
  }
  return footing.quarantine.get(which);
};

const show = async (footing: Footing, which: string, options: CommonOptions): Promise<void> => {
  const record = await find(footing, which);
  if (record === undefined)
    throw new KarnamaError(
      'not-found',
      `no quarantined record ${which}`,
      'take a number from: karnama quarantine list',
    );
  const problems = explained(footing, record);
  if (options.json === true) return print(json({ ...record, problems }));
  const { topic, partition, offset } = record.source;
  await print(`event ${record.eventId}, received ${record.receivedAt} at ${topic}/${partition}/${offset}\n`);
  if (record.file !== null)
    await print(`file ${record.file}${record.line === null ? '' : `, line ${record.line}`}\n`);
  for (const { code, field, value, message, mend } of problems)
    await print(
      `- ${message.en} [${code}]${field === null ? '' : `\n  field: ${field}`}${value === null ? '' : `\n  value (masked): ${value}`}\n  what to do: ${mend.en}\n`,
    );
  await print(`as it was sent:\n${record.original.value ?? '(nothing)'}\n`);
  return undefined;
};

/** NDJSON for the agency: what it sent, where, and what to mend. */
const exportLines = async function* (
  footing: Footing,
  options: Filter,
  done: () => void,
): AsyncIterable<string> {
  for await (const note of notesOf(footing, options)) {
    const record = await footing.quarantine.get(note.eventId);
    done();
    const { file, line, submission, receivedAt } = note;
    const sent = record?.original.value ?? null;
    yield `${JSON.stringify({ eventId: note.eventId, file, line, submission, receivedAt, problems: explained(footing, note), sent })}\n`;
  }
};

const exportTo = async (footing: Footing, options: Filter & { readonly out?: string }): Promise<void> => {
  let records = 0;
  const lines = exportLines(footing, options, () => records++);
  if (options.out === undefined) {
    for await (const line of lines) await print(line);
    return;
  }
  await pipeline(Readable.from(lines), createWriteStream(pathOf(options.out), { flags: 'wx', mode: 0o600 }));
  say(
    `${count(records)} records written to ${options.out}; they are as the agency sent them, so keep the file safe`,
  );
};

const withFilter = (command: Command): Command =>
  withCommonOptions(command)
    .option('--agency <code>', 'only of this agency')
    .option('--contract <name>', 'only of this contract')
    .option('--submission <digest>', 'only of this file');

export const addQuarantine = (program: Command): void => {
  const quarantine = program
    .command('quarantine')
    .summary('records that were refused, and why')
    .description('Records that do not fit their contract wait here, encrypted, until the agency mends them.')
    .addHelpText(
      'after',
      '\nExamples:\n  karnama quarantine list\n  karnama quarantine show 3\n  karnama quarantine export --out to-mend.ndjson',
    );
  withFilter(quarantine.command('list'))
    .description('what was refused: file, line, field, masked value, what to do')
    .option('--limit <n>', 'at most so many', '50')
    .action((options: Filter) =>
      runCommand(options, 'quarantine: lists', ({ footing }) => list(footing, options)),
    );
  withCommonOptions(quarantine.command('show'))
    .description('one record with its original, which may hold personal data')
    .argument('<number>', 'number in the list, or event id')
    .action((which: string, options: CommonOptions) =>
      runCommand(options, 'quarantine: shows', ({ footing }) => show(footing, which, options)),
    );
  withFilter(quarantine.command('export'))
    .description('all originals with their problems, one JSON object a line, for the agency to mend')
    .option('--out <file>', 'a new file, readable by you only (default: standard output)')
    .action((options: Filter & { readonly out?: string }) =>
      runCommand(options, 'quarantine: exports', ({ footing }) => exportTo(footing, options)),
    );
};
