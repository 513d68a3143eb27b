import { describe, expect, it } from '@jest/globals';
import { createProgram } from './program.js';

/** The help of a command as a person would see it, with what stands behind the options. */
const helpOf = (name: string): string => {
  const command = createProgram().commands.find((candidate) => candidate.name() === name);
  let text = '';
  command?.configureOutput({ writeOut: (part) => (text += part) });
  command?.outputHelp();
  return text;
};

describe('the command line', () => {
  it.each([
    'start',
    'import',
    'release',
    'compare',
    'query',
    'status',
    'verify',
    'rebuild',
    'split',
    'quarantine',
    'simulate',
    'export',
  ])('helps with %s, with examples', (name) => {
    expect(helpOf(name)).toMatch(/Examples:\n {2}karnama /);
  });

  it('lets every command answer in JSON, and name its data directory unless it only speaks to Kafka', () => {
    for (const command of createProgram().commands)
      for (const one of command.commands.length > 0 ? command.commands : [command]) {
        const options = one.options.map(({ long }) => long);
        expect(options).toContain('--json');
        if (command.name() !== 'topics') expect(options).toContain('--data-dir');
      }
  });

  it.each(['0', '17', '1.5', 'two', ''])('does not split a projection in "%s" parts', async (parts) => {
    const program = createProgram();
    let said = '';
    for (const command of [program, ...program.commands])
      command.configureOutput({ writeErr: (part) => (said += part) });
    const parsing = program.parseAsync(['node', 'karnama', 'split', 'person', '--parts', parts]);
    await expect(parsing).rejects.toMatchObject({ code: 'commander.invalidArgument' });
    expect(said).toContain('a whole number from 1 to 16');
  });
});
