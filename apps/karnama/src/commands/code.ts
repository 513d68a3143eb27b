import type { Command } from 'commander';
import type { Coding, Coder, CodingIndex, CodingScheme, Suggestion } from '@karnama/coding';
import { KarnamaError } from '@karnama/kernel';
import { codingPlaces } from '../coding.config.js';
import { configOf, pathOf } from '../config.js';
import { count, exitCodes, json, print, reportError, say, table } from '../output.js';
import { withCommonOptions, type CommonOptions } from '../run-command.js';

type CodeCommandOptions = CommonOptions & {
  readonly scheme: string;
  readonly top: string;
  readonly threshold?: string;
  readonly file?: string;
  readonly index?: string;
  readonly stats?: boolean;
};

type Asked = { readonly top: number; readonly threshold?: number };

const badRequest = (what: string, mend: string): KarnamaError => new KarnamaError('bad-request', what, mend);

const schemeOf = (named: string): CodingScheme => {
  if (named === 'isco08' || named === 'isic4') return named;
  throw badRequest(`"${named}" is no scheme of coding`, 'isco08 for job titles, isic4 for activities');
};

const askedOf = ({ top, threshold }: CodeCommandOptions): Asked => {
  if (!/^\d{1,2}$/.test(top) || Number(top) === 0)
    throw badRequest(`"${top}" is no number of suggestions`, 'a whole number from 1 to 99');
  if (threshold === undefined) return { top: Number(top) };
  if (!/^(0(\.\d+)?|1(\.0+)?)$/.test(threshold))
    throw badRequest(`"${threshold}" is no threshold`, 'a confidence from 0 to 1, e.g. 0.8');
  return { top: Number(top), threshold: Number(threshold) };
};

const percent = (part: number): string => `${Math.round(part * 100)} %`;

const rowOf = ({ code, confidence, found, label }: Suggestion): string[] => [
  code,
  percent(confidence),
  found,
  label?.fa ?? '',
  label?.en ?? '',
];

const printOne = async (coding: Coding, asJson: boolean): Promise<void> => {
  if (asJson) return print(json(coding));
  if (coding.suggestions.length === 0) return print('nothing in this title is known; a person decides\n');
  await print(table(['code', 'confidence', 'found', 'fa', 'en'], coding.suggestions.map(rowOf)));
  if (coding.needsPerson) say('note: too uncertain to be taken as it is; a person decides');
};

/** RFC 4180: fields with a comma, quote or line break are quoted. */
const csvField = (field: string): string =>
  /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;

const csvLine = (fields: readonly string[]): string => `${fields.map(csvField).join(',')}\r\n`;

const linesOf = ({ text, suggestions, needsPerson }: Coding): string =>
  suggestions.length === 0
    ? csvLine([text, '', '', '', '', 'person'])
    : suggestions
        .map(({ code, confidence, found }, at) =>
          csvLine([
            text,
            String(at + 1),
            code,
            confidence.toFixed(3),
            found,
            needsPerson ? 'person' : 'accepted',
          ]),
        )
        .join('');

type Tally = { titles: number; index: number; classifier: number; person: number };

const tallied = (tally: Tally, { suggestions, needsPerson }: Coding): void => {
  tally.titles += 1;
  tally.person += Number(needsPerson);
  const found = suggestions[0]?.found;
  if (found !== undefined) tally[found] += 1;
};

const printMany = async (
  coder: Coder,
  titles: AsyncIterable<string>,
  asked: Asked,
  asJson: boolean,
): Promise<Tally> => {
  const tally = { titles: 0, index: 0, classifier: 0, person: 0 };
  const heading = csvLine(['title', 'rank', 'code', 'confidence', 'found', 'decision']);
  for await (const title of titles) {
    const coding = coder.code(title, asked);
    // only now is it known that there is a file to answer
    if (!asJson && tally.titles === 0) await print(heading);
    tallied(tally, coding);
    await print(asJson ? `${JSON.stringify(coding)}\n` : linesOf(coding));
  }
  return tally;
};

const sayStats = (index: CodingIndex, trained: boolean, seconds: number, tally: Tally | undefined): void => {
  say(`index: ${index.file}`);
  say(
    `  ${count(index.examples.length)} titles, ${count(new Set(index.examples.map(({ code }) => code)).size)} codes`,
  );
  say(`model: ${trained ? 'trained' : 'loaded'} in ${seconds.toFixed(1)} s`);
  if (tally !== undefined)
    say(
      `titles: ${count(tally.titles)}; from the index ${count(tally.index)}, from the classifier ${count(tally.classifier)}, for a person ${count(tally.person)}`,
    );
};

const runCode = async (title: string | undefined, options: CodeCommandOptions): Promise<void> => {
  const asJson = options.json === true;
  if ((title === undefined) === (options.file === undefined))
    throw badRequest('one title or one file of titles', 'karnama code "<title>", or --file titles.csv');
  const scheme = schemeOf(options.scheme);
  const asked = askedOf(options);
  // the classifier is loaded when it is needed: help and usage errors come at once
  const { findCodingIndex, openCoder, readCodingIndex, titlesIn } = await import('@karnama/coding');
  const places = codingPlaces(options.dataDir);
  const index = await (options.index === undefined
    ? findCodingIndex(scheme, places.indexes)
    : readCodingIndex(scheme, pathOf(options.index)));
  const begin = performance.now();
  const { coder, trained } = await openCoder(index, places.models, () =>
    say(`training on ${count(index.examples.length)} titles; kept for the next time`),
  );
  const seconds = (performance.now() - begin) / 1000;
  if (options.file === undefined) await printOne(coder.code(title ?? '', asked), asJson);
  const tally =
    options.file === undefined
      ? undefined
      : await printMany(coder, titlesIn(pathOf(options.file)), asked, asJson);
  if (options.stats === true) sayStats(index, trained, seconds, tally);
};

export const addCode = (program: Command): void => {
  withCommonOptions(program.command('code'))
    .summary('code job titles and activities')
    .description(
      'Suggests codes for a job title (ISCO-08) or an activity (ISIC Rev.4) in Persian: from an index of titles, else from a classifier trained on it.',
    )
    .argument('[title]', 'the title, in quotes')
    .option('--scheme <scheme>', 'isco08 or isic4', 'isco08')
    .option('--top <count>', 'how many suggestions', '5')
    .option('--threshold <confidence>', 'below this a person decides (default: 0.8)')
    .option('--file <csv>', 'code the first column of a CSV file with a heading; prints CSV, or JSON lines')
    .option(
      '--index <csv>',
      'the index of titles (default: KARNAMA_CODING_INDEX_DIR, else coding/ of the data directory)',
    )
    .option('--stats', 'tell on standard error what was trained and how titles were coded')
    .addHelpText(
      'after',
      `
Examples:
  karnama code "جوشکار برق" --scheme isco08
  karnama code "خرده فروشی پوشاک" --scheme isic4 --top 3 --json
  karnama code --file titles.csv --stats > coded.csv`,
    )
    .action(async (title: string | undefined, options: CodeCommandOptions) => {
      try {
        await runCode(title, options);
      } catch (error) {
        reportError(error, options.json === true, configOf().debug);
        process.exitCode = exitCodes.failed;
      }
    });
};
