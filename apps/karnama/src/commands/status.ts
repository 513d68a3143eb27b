import type { Command } from 'commander';
import { standingOf, type Standing } from '@karnama/nest';
import { count, json, print, table } from '../output.js';
import { runCommand, withCommonOptions, type CommonOptions } from '../run-command.js';

const inWords = ({ intake, topics, ledger, projections, epoch, releases }: Standing): string =>
  [
    `received ${count(intake.received)} = accepted ${count(intake.accepted)} + quarantined ${count(intake.quarantined)}` +
      (intake.unexplained === 0 ? ', nothing unexplained' : ` + UNEXPLAINED ${count(intake.unexplained)}`),
    '',
    table(
      ['topic', 'received', 'accepted', 'quarantined', 'unexplained'],
      topics.map((topic) => [
        topic.topic,
        ...[topic.received, topic.accepted, topic.quarantined, topic.unexplained].map(count),
      ]),
    ),
    table(
      ['projection', 'position', 'behind', 'events', 'repeats'],
      projections.map(({ name, position, lag, events, repeats }) => [
        name,
        position,
        count(lag),
        count(events),
        count(repeats),
      ]),
    ),
    `ledger at ${ledger.head}, epoch ${epoch} open, ${releases} releases\n`,
  ].join('\n');

export const addStatus = (program: Command): void => {
  withCommonOptions(program.command('status'))
    .summary('the balance of what came in, and how far everything is')
    .description(
      'Shows received = accepted + quarantined for every topic, the ledger, the projections and the releases.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  karnama status\n  karnama status --json --data-dir /var/lib/karnama',
    )
    .action((options: CommonOptions) =>
      runCommand(options, 'status: looks', async ({ footing }) => {
        const status = await standingOf(footing);
        await print(options.json === true ? json(status) : inWords(status));
      }),
    );
};
