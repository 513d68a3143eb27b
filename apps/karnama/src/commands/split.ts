import { InvalidArgumentError, type Command } from 'commander';
import { split, type Checkpoint } from '@karnama/cells';
import type { Footing } from '../footing.js';
import { json, print } from '../output.js';
import { projectionNamed } from '../projection-named.js';
import { runCommand, withCommonOptions, type CommonOptions } from '../run-command.js';

type SplitOptions = CommonOptions & { readonly parts: number; readonly dryRun?: boolean };

/** Every part reads all events: beyond this nothing is won that a part more could bring. */
const mostParts = 16;

const partsIn = (text: string): number => {
  const parts = Number(text);
  if (!/^\d+$/.test(text) || parts < 1 || parts > mostParts)
    throw new InvalidArgumentError(`It is a whole number from 1 to ${mostParts}.`);
  return parts;
};

const inWords = (parts: number): string => (parts === 1 ? 'as a whole' : `in ${parts} parts`);

const placesIn = ({ position, parts = [position] }: Checkpoint): string => parts.join(', ');

const splitUp = async ({ cells, ledger, projections }: Footing, name: string, options: SplitOptions) => {
  const projection = projectionNamed(projections, name);
  const dryRun = options.dryRun === true;
  const before = await cells.open(projection);
  const isSame = before.parts === options.parts;
  const after = dryRun || isSame ? before : await split(cells, ledger, projection, options.parts);
  const at = await cells.checkpoint(after);
  if (options.json === true)
    return print(
      json({
        projection: name,
        before: before.parts,
        parts: options.parts,
        changed: !dryRun && !isSame,
        positions: at.parts ?? [at.position],
      }),
    );
  if (isSame) return print(`${name} is counted ${inWords(before.parts)} already, at ${placesIn(at)}\n`);
  if (dryRun)
    return print(
      `${name} is counted ${inWords(before.parts)}, at ${placesIn(at)}; it would be counted ${inWords(options.parts)}. Nothing was changed.\n`,
    );
  return print(`${name} is counted ${inWords(options.parts)} from ${placesIn(at)} on\n`);
};

export const addSplit = (program: Command): void => {
  withCommonOptions(program.command('split'))
    .summary('let several projectors share one projection')
    .description(
      'Has a projection counted in so many parts, by the hash of its entities, so that as many projectors can share the work. No figure changes and nothing is counted anew; questions are answered all the while. A rebuild keeps the number of parts.',
    )
    .argument('<projection>', 'its name, as `karnama status` shows it')
    .requiredOption('--parts <n>', `from 1 (as a whole) to ${mostParts}`, partsIn)
    .option('--dry-run', 'only say what would be done')
    .addHelpText(
      'after',
      '\nAll processes have to be of this version or a later one: an older one refuses to go on with a projection in\nparts. While it counts, the parts may be some batches apart; figures as known at a release are exact always.\n\nExamples:\n  karnama split persons --parts 2\n  karnama split persons --parts 1 --dry-run --json',
    )
    .action((name: string, options: SplitOptions) =>
      runCommand(options, 'split: shares a projection out', ({ footing }) => splitUp(footing, name, options)),
    );
};
