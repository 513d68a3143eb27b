import { Command, CommanderError } from 'commander';
import { addCode } from './commands/code.js';
import { addCheckTruth } from './commands/check-truth.js';
import { addCompare } from './commands/compare.js';
import { addExport } from './commands/export.js';
import { addImport } from './commands/import.js';
import { addIndicator } from './commands/indicator.js';
import { addLineage } from './commands/lineage.js';
import { addQuarantine } from './commands/quarantine.js';
import { addQuery } from './commands/query.js';
import { addRelease } from './commands/release.js';
import { addRevisions } from './commands/revisions.js';
import { addSimulate } from './commands/simulate.js';
import { addSplit } from './commands/split.js';
import { addStart } from './commands/start.js';
import { addStatus } from './commands/status.js';
import { addTopics } from './commands/topics.js';
import { addRebuild, addVerify } from './commands/verify.js';
import { addWebhook } from './commands/webhook.js';
import { exitCodes } from './output.js';

/** The command line. Each command is one file in `commands/`. */
export const createProgram = (): Command => {
  const program = new Command('karnama')
    .description(
      'Karnama: records of agencies in, an append-only ledger, national labour-market figures out.',
    )
    .version('0.1.0')
    .showHelpAfterError('(karnama <command> --help shows what it takes)')
    .addHelpText(
      'after',
      `
All commands work with the server running or stopped.
Exit codes: ${exitCodes.ok} done, ${exitCodes.failed} failed, ${exitCodes.usage} wrong usage, ${exitCodes.differs} verify found differing cells.
Environment: KARNAMA_DATA_DIR, KARNAMA_DATABASE_URL (a PostgreSQL of your own), KARNAMA_QUARANTINE_KEY, KARNAMA_PSEUDONYM_KEY, KARNAMA_LOG=0 (quiet).

First steps:
  karnama start
  karnama import --mapping mappings/novo-caged/late.yaml CAGEDFOR202601.csv
  karnama query MOVEMENTS --measure hires,separations,net --by month --where area=BR`,
    )
    .exitOverride();
  addStart(program);
  addImport(program);
  addRelease(program);
  addQuery(program);
  addIndicator(program);
  addRevisions(program);
  addCompare(program);
  addStatus(program);
  addQuarantine(program);
  addLineage(program);
  addVerify(program);
  addRebuild(program);
  addSplit(program);
  addSimulate(program);
  addCheckTruth(program);
  addExport(program);
  addWebhook(program);
  addTopics(program);
  addCode(program);
  for (const command of [
    program,
    ...program.commands,
    ...program.commands.flatMap(({ commands }) => commands),
  ])
    command.exitOverride();
  return program;
};

/** Runs one command line; sets `process.exitCode`. */
export const main = async (argv: readonly string[]): Promise<void> => {
  try {
    await createProgram().parseAsync([...argv]);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  }
};
