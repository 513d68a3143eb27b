import { KarnamaError, messageOf } from '@karnama/kernel';

const REASONS = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'ENOTDIR', 'EEXIST', 'EDQUOT']);

/** Runs work on a data directory; refusals of the operating system become KarnamaError `data-dir-not-usable`. */
export const usingDataDir = async <T>(dataDir: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (error instanceof KarnamaError || !REASONS.has(code)) throw error;
    throw new KarnamaError(
      'data-dir-not-usable',
      `the data directory ${dataDir} cannot be used: ${messageOf(error)}`,
      'check its owner, its mode and the space left, or choose another --data-dir',
      { cause: error },
    );
  }
};
