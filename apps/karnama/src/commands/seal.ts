import { createHash, randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { KarnamaError } from '@karnama/kernel';
import { publishedSeries, type IndicatorService } from '@karnama/statistics';
import {
  checkSeal,
  handleEpochCommand,
  hashOfSeries,
  readEpochs,
  releaseCalendar,
  type Hashes,
} from '@karnama/vintages';
import type { Footing } from '../footing.js';
import { count, exitCodes, json, print, table } from '../output.js';
import { runCommand, withCommonOptions, type CommonOptions } from '../run-command.js';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Content hashes of the published series of every indicator, as known at a release. */
export const hashesAt = async (indicators: IndicatorService, release: string): Promise<Hashes> => {
  const hashes: Record<string, string> = {};
  for (const indicator of indicators.list())
    hashes[indicator.code] = hashOfSeries(await publishedSeries(indicators, indicator, release), sha256);
  return hashes;
};

const seal = async ({ ledger, indicators }: Footing, name: string, options: CommonOptions): Promise<void> => {
  const hashes = await hashesAt(indicators, name);
  await handleEpochCommand(
    ledger,
    { type: 'SealRelease', name, hashes, at: new Date().toISOString() },
    randomUUID,
  );
  const series = Object.keys(hashes).length;
  await print(
    options.json === true ? json({ name, hashes }) : `release ${name} sealed: ${count(series)} series\n`,
  );
};

const check = async (
  { ledger, indicators }: Footing,
  name: string,
  options: CommonOptions,
): Promise<void> => {
  const sealed = (await readEpochs(ledger)).seals.find((candidate) => candidate.name === name);
  if (sealed === undefined)
    throw new KarnamaError('not-sealed', `release "${name}" is not sealed`, `karnama release seal ${name}`);
  const result = checkSeal(name, sealed.hashes, await hashesAt(indicators, name));
  const { checked, differing, missing } = result;
  if (differing.length + missing.length > 0) process.exitCode = exitCodes.differs;
  if (options.json === true) return print(json(result));
  const words = [
    `release ${name}: ${count(checked)} series checked, ${count(differing.length)} differ`,
    ...(differing.length > 0 ? [`other than sealed: ${differing.join(', ')}`] : []),
    ...(missing.length > 0 ? [`not in the catalogue any more: ${missing.join(', ')}`] : []),
  ];
  return print(`${words.join('\n')}\n`);
};

/** Last month that each release tells of. */
const lastMonths = async ({ indicators }: Footing): Promise<ReadonlyMap<string, string>> => {
  const months = new Map<string, string>();
  for (const { name } of await indicators.releases()) {
    const { rows } = await indicators.data({
      indicator: 'EMP_JOBS',
      by: [],
      where: {},
      freq: 'M',
      asKnownAt: name,
    });
    const last = rows.at(-1)?.period;
    if (last !== undefined) months.set(name, last);
  }
  return months;
};

const calendar = async (footing: Footing, options: CommonOptions): Promise<void> => {
  const { planned, releases } = await readEpochs(footing.ledger);
  const all = releaseCalendar(planned, releases, await lastMonths(footing));
  if (options.json === true) return print(json({ releases: all }));
  return print(
    table(
      ['name', 'planned', 'cut', 'days after the month', 'days late'],
      all.map(({ name, planned: plan, cut, timeliness, punctuality }) => [
        name,
        plan ?? '',
        cut ?? '',
        timeliness === null ? '' : String(timeliness),
        punctuality === null ? '' : String(punctuality),
      ]),
    ),
  );
};

/** What can be done with a release beside cutting it: announce it, seal it, check its seal. */
export const addSeal = (release: Command): void => {
  withCommonOptions(release.command('seal'))
    .description('keep the content hash of every published series of a release')
    .argument('<name>', 'a release')
    .action((name: string, options: CommonOptions) =>
      runCommand(options, 'release: seals a release', ({ footing }) => seal(footing, name, options)),
    );
  withCommonOptions(release.command('check'))
    .description('compare the series of a sealed release with their hashes')
    .argument('<name>', 'a sealed release')
    .addHelpText('after', `\nExit code ${exitCodes.differs} when a series differs.`)
    .action((name: string, options: CommonOptions) =>
      runCommand(options, 'release: checks a seal', ({ footing }) => check(footing, name, options)),
    );
  withCommonOptions(release.command('plan'))
    .description('announce a release for a day; again for another day to move it')
    .argument('<name>', 'letters, digits, dot, dash, underscore')
    .argument('<date>', 'Gregorian day, for example 2025-04-20')
    .action((name: string, date: string, options: CommonOptions) =>
      runCommand(options, 'release: announces a release', async ({ footing: { ledger } }) => {
        const at = new Date().toISOString();
        await handleEpochCommand(ledger, { type: 'PlanRelease', name, date, at }, randomUUID);
        await print(options.json === true ? json({ name, date }) : `release ${name} planned for ${date}\n`);
      }),
    );
  withCommonOptions(release.command('calendar'))
    .description('planned and cut releases, how timely and how punctual they were')
    .action((options: CommonOptions) =>
      runCommand(options, 'release: tells the calendar', ({ footing }) => calendar(footing, options)),
    );
};
