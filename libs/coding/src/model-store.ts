import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Calibration } from './calibration.js';
import { createCoder, trainCoding, type Coder, type TrainedCoding } from './coder.js';
import type { CodingIndex } from './coding-index.js';
import { settingsName } from './linear-classifier.js';

/** Changes when features or voices change: a model of another make must not be loaded. */
const MAKE = 1;

const nameOf = (index: CodingIndex): string => {
  const digest = createHash('sha256').update(`${MAKE} ${settingsName} ${index.digest}`).digest('hex');
  return `${index.scheme}-${digest.slice(0, 32)}`;
};

const storedIn = async (directory: string, name: string): Promise<TrainedCoding | undefined> => {
  try {
    const calibration = JSON.parse(await readFile(join(directory, `${name}.json`), 'utf8')) as Calibration;
    return { linear: await readFile(join(directory, `${name}.bin`)), calibration };
  } catch {
    // whatever is wrong with a stored model, training makes the same one again
    return undefined;
  }
};

/** Two commands may train at once: each file appears whole or not at all, and theirs are alike. */
const writeWhole = async (file: string, content: string | Uint8Array): Promise<void> => {
  const aside = `${file}.${randomUUID()}`;
  await writeFile(aside, content);
  await rename(aside, file);
};

const store = async (directory: string, name: string, trained: TrainedCoding): Promise<void> => {
  await mkdir(directory, { recursive: true });
  await writeWhole(join(directory, `${name}.bin`), trained.linear);
  // last, because a model counts as stored when this one is there
  await writeWhole(join(directory, `${name}.json`), JSON.stringify(trained.calibration));
};

export type OpenedCoder = { readonly coder: Coder; readonly trained: boolean };

/**
 * The coder of an index: its model from the directory when one was stored there for exactly this index,
 * otherwise trained now (seconds) and stored. `onTraining` is called before a training.
 */
export const openCoder = async (
  index: CodingIndex,
  directory: string,
  onTraining: () => void = () => undefined,
): Promise<OpenedCoder> => {
  const name = nameOf(index);
  const stored = await storedIn(directory, name);
  if (stored !== undefined) return { coder: await createCoder(index, stored), trained: false };
  onTraining();
  const trained = await trainCoding(index);
  await store(directory, name, trained);
  return { coder: await createCoder(index, trained), trained: true };
};
