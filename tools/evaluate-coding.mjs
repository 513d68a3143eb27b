/**
 * Measures how well free text is coded, by cross-validation on the indexes, and prints the report that
 * docs/coding-evaluation.md holds. Without an argument it looks where `karnama code` looks in a checkout.
 *
 *   npm run evaluate:coding [-- <directory of the indexes>] [--seed 1] [--folds 5] [--write]
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { ROOT } from './root.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    folds: { type: 'string', default: '5' },
    write: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed);
const folds = Number(values.folds);
const directory = positionals[0] ?? join(ROOT, '../shared/data/ir-classifications');

const built = spawnSync(
  process.execPath,
  [join(ROOT, 'node_modules/typescript/bin/tsc'), '-b', 'libs/coding'],
  { cwd: ROOT, stdio: 'inherit' },
);
if (built.status !== 0) process.exit(1);
const { accuracyOf, crossValidate, defaultThreshold, findCodingIndex } = await import('@karnama/coding');

const percent = (part) => (Number.isFinite(part) ? `${(100 * part).toFixed(1)} %` : '–');

const table = (header, rows) => {
  const widths = header.map((name, at) => Math.max(3, name.length, ...rows.map((row) => row[at].length)));
  const line = (cells) => `| ${cells.map((cell, at) => cell.padEnd(widths[at])).join(' | ')} |`;
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line), ''].join('\n');
};

const titles = { isco08: 'Job titles → ISCO-08', isic4: 'Activities → ISIC Rev.4' };
/** Digits of the code at each level; sections of ISIC are letters and not part of its classes. */
const levels = { isco08: [1, 2, 3, 4], isic4: [2, 3, 4] };

const accuracy = (scheme, judged) =>
  table(
    ['digits', 'top 1', 'top 3', 'top 5'],
    levels[scheme].map((digits) => [
      String(digits),
      ...[1, 3, 5].map((top) => percent(accuracyOf(judged, digits, top))),
    ]),
  );

/** The first suggestion of each title: how sure, and whether right. */
const firsts = (judged) =>
  judged.map(({ code, suggestions: [first] }) => ({
    confidence: first?.confidence ?? 0,
    right: first?.code === code,
  }));

const partRight = (some) => some.filter(({ right }) => right).length / some.length;
const mean = (numbers) => numbers.reduce((a, b) => a + b, 0) / numbers.length;

const inBands = (judged) =>
  Array.from({ length: 10 }, (_, at) => ({
    band: `${at * 10}–${at * 10 + 10} %`,
    some: firsts(judged).filter(({ confidence }) => Math.min(9, Math.floor(confidence * 10 + 1e-9)) === at),
  })).filter(({ some }) => some.length > 0);

const reliability = (judged) =>
  table(
    ['confidence', 'titles', 'mean confidence', 'right'],
    inBands(judged).map(({ band, some }) => [
      band,
      String(some.length),
      percent(mean(some.map(({ confidence }) => confidence))),
      percent(partRight(some)),
    ]),
  );

const expectedError = (judged) =>
  inBands(judged).reduce(
    (sum, { some }) =>
      sum +
      (some.length / judged.length) *
        Math.abs(partRight(some) - mean(some.map(({ confidence }) => confidence))),
    0,
  );

const thresholds = (judged) =>
  table(
    ['threshold', 'taken without a person', 'right among them'],
    [0.5, 0.6, 0.7, 0.8, 0.9].map((threshold) => {
      const taken = firsts(judged).filter(({ confidence }) => confidence >= threshold);
      const name = threshold === defaultThreshold ? `**${threshold}**` : String(threshold);
      return [name, percent(taken.length / judged.length), percent(partRight(taken))];
    }),
  );

const confusion = (judged, labels) => {
  const counts = new Map();
  for (const {
    code,
    suggestions: [first],
  } of judged)
    if (first !== undefined && first.code !== code) {
      const pair = `${code} ${first.code}`;
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
    }
  const named = (code) => `${code} ${labels.get(code)?.en || labels.get(code)?.fa || ''}`.trim();
  return table(
    ['in the index', 'suggested', 'titles'],
    [...counts]
      .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      .slice(0, 12)
      .map(([pair, count]) => [...pair.split(' ').map(named), String(count)]),
  );
};

/** What too few examples cost: accuracy by how many titles of the code there are. */
const byExamples = (judged) => {
  const counts = new Map();
  for (const { code } of judged) counts.set(code, (counts.get(code) ?? 0) + 1);
  const bands = [
    [1, 2],
    [3, 5],
    [6, 10],
    [11, 20],
    [21, 50],
    [51, Infinity],
  ];
  return table(
    ['titles of the code', 'codes', 'titles', 'top 1', 'top 5'],
    bands.map(([from, to]) => {
      const within = (code) => counts.get(code) >= from && counts.get(code) <= to;
      const some = judged.filter(({ code }) => within(code));
      return [
        to === Infinity ? `${from} or more` : `${from}–${to}`,
        String([...counts.keys()].filter(within).length),
        String(some.length),
        percent(accuracyOf(some, 4, 1)),
        percent(accuracyOf(some, 4, 5)),
      ];
    }),
  );
};

const reportOf = async (scheme) => {
  const index = await findCodingIndex(scheme, [directory]);
  const judged = await crossValidate(index, {
    folds,
    seed,
    onFold: (fold) => process.stderr.write(`${scheme}: fold ${fold + 1} of ${folds}\n`),
  });
  return `## ${titles[scheme]}

${judged.length} titles, ${new Set(judged.map(({ code }) => code)).size} codes of 4 digits.

### Accuracy on unseen titles

${accuracy(scheme, judged)}
### By the number of examples

${byExamples(judged)}
### Confidence

${reliability(judged)}
Mean distance between confidence and truth (expected calibration error): ${percent(expectedError(judged))}.

${thresholds(judged)}
### Commonest errors

${confusion(judged, index.labels)}`;
};

const sections = [await reportOf('isco08'), await reportOf('isic4')];
const report = `<!-- begin of the measured part: npm run evaluate:coding -- --write -->

Measured by \`npm run evaluate:coding\` with seed ${seed}, ${folds} folds.

${sections.join('\n')}
<!-- end of the measured part -->`;

if (values.write) {
  const page = join(ROOT, 'docs/coding-evaluation.md');
  const whole = /<!-- begin of the measured part[^]*<!-- end of the measured part -->/;
  writeFileSync(
    page,
    readFileSync(page, 'utf8').replace(whole, () => report),
  );
} else process.stdout.write(`${report}\n`);
