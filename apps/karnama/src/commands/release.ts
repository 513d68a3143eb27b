import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { catchUp } from '@karnama/cells';
import { KarnamaError } from '@karnama/kernel';
import { handleEpochCommand, readEpochs } from '@karnama/vintages';
import type { Footing } from '../footing.js';
import { count, json, print, say, table } from '../output.js';
import { runCommand, withCommonOptions, type CommonOptions } from '../run-command.js';
import { backlogOf } from '../settle.js';
import { addSeal } from './seal.js';

/** Closes the epoch under a name, and counts up to the cut, so that the release can be asked for at once. */
export const cutRelease = async (footing: Footing, name: string, at: Date): Promise<number> => {
  const { ledger, cells, projections } = footing;
  const { open } = await handleEpochCommand(
    ledger,
    { type: 'CutRelease', name, at: at.toISOString() },
    randomUUID,
  );
  for (const projection of projections) await catchUp(cells, ledger, await cells.open(projection), 5000);
  return open - 1;
};

const cut = async (footing: Footing, name: string, options: CommonOptions): Promise<void> => {
  const { records } = await backlogOf(footing);
  if (records > 0n)
    say(`${count(records)} records are still on their way in; they will be known in the next epoch`);
  const epoch = await cutRelease(footing, name, new Date());
  await print(
    options.json === true ? json({ name, epoch }) : `release ${name} cut: it closes epoch ${epoch}\n`,
  );
};

export const addRelease = (program: Command): void => {
  const release = program
    .command('release')
    .summary('cut and list releases')
    .description(
      'A release closes the knowledge epoch and names it; figures as known then can be asked for ever after.',
    )
    .addHelpText('after', '\nExamples:\n  karnama release cut 1404-06\n  karnama release list --json');
  withCommonOptions(release.command('cut'))
    .description('close the open epoch under a name')
    .argument('<name>', 'letters, digits, dot, dash, underscore')
    .action((name: string, options: CommonOptions) =>
      runCommand(options, 'release: cuts a release', ({ footing }) => cut(footing, name, options)),
    );
  withCommonOptions(release.command('list'))
    .description('all releases, oldest first')
    .action((options: CommonOptions) =>
      runCommand(options, 'release: lists releases', async ({ footing }) => {
        const { releases } = await readEpochs(footing.ledger);
        if (options.json === true) return print(json({ releases }));
        if (releases.length === 0)
          throw new KarnamaError('no-releases', 'no release was cut yet', 'karnama release cut NAME');
        return print(
          table(
            ['name', 'epoch', 'cut at'],
            releases.map(({ name, epoch, cutAt }) => [name, String(epoch), cutAt]),
          ),
        );
      }),
    );
  addSeal(release);
};
