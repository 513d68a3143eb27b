import { spawn, type ChildProcess } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const main = join(root, 'apps/karnama/dist/main.js');

/** The program as its users have it, on a data directory of its own, with the embedded database. */
export type RealProgram = {
  readonly url: string;
  /** Runs a command on the same data directory while the server runs. @throws when it fails */
  readonly run: (...args: string[]) => Promise<string>;
  readonly close: () => Promise<void>;
};

type Running = {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
};

const begin = (args: readonly string[]): Running => {
  const child = spawn(process.execPath, [main, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (part: string) => (text += part));
  const ended = new Promise<number | null>((done, failed) => {
    child.on('error', failed);
    child.on('close', (code) => done(code));
  });
  return { child, output: () => text, ended };
};

const addressIn = async ({ child, output, ended }: Running): Promise<string> => {
  const told = new Promise<string>((done) => {
    const look = (): void => {
      const found = /running at (\S+)/.exec(output())?.[1];
      if (found !== undefined) done(found);
    };
    child.stdout?.on('data', look);
  });
  const early = ended.then((code) =>
    Promise.reject(new Error(`the program ended with ${code}: ${output()}`)),
  );
  return Promise.race([told, early]);
};

/** Starts the built program without the sample. */
export const startProgram = async (directory: string): Promise<RealProgram> => {
  const at = ['--data-dir', join(directory, 'data')];
  const server = begin(['start', '--no-sample', '--port', '0', ...at]);
  const url = await addressIn(server);
  return {
    url,
    run: async (...args) => {
      const { ended, output } = begin([...args, ...at]);
      const code = await ended;
      if (code !== 0) throw new Error(`karnama ${args.join(' ')} ended with ${code}: ${output()}`);
      return output();
    },
    close: async () => {
      server.child.kill('SIGTERM');
      await server.ended;
    },
  };
};

/** A national id with its check digit. */
const nationalId = (number: number): string => {
  const digits = String(100_000_000 + number * 7).padStart(9, '0');
  const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * (10 - at), 0);
  const rest = sum % 11;
  return `${digits}${rest < 2 ? rest : 11 - rest}`;
};

export type Job = { readonly number: number; readonly startDay: string; readonly reportedOn: string };

/** A file of jobs that began, as the social insurance sends them. */
export const writeJobs = async (file: string, jobs: readonly Job[]): Promise<void> => {
  const lines = jobs.map(({ number, startDay, reportedOn }) =>
    JSON.stringify({
      spell: `sso-${number}`,
      national_id: nationalId(number),
      workshop: '0183630045',
      enterprise_id: '10101234565',
      start_day: startDay,
      area: number % 2 === 0 ? 'IR-23' : 'IR-10',
      industry: 'ISIC4:4711',
      occupation: 'ISCO08:5223',
      contract_type: 'fixed-term',
      weekly_hours: '44',
      monthly_wage: '182000000',
      sex: 'F',
      birth_month: '1372-06',
      reported_on: reportedOn,
    }),
  );
  await writeFile(file, `${lines.join('\n')}\n`);
};
