import type { Code } from './code.js';
import { unknownCode } from './code.js';

const rows: readonly (readonly [fa: string, en: string, pt: string])[] = [
  ['کمتر از ابتدایی', 'Less than primary education', 'Inferior aos anos iniciais do ensino fundamental'],
  ['ابتدایی', 'Primary education', 'Anos iniciais do ensino fundamental'],
  ['متوسطهٔ اول', 'Lower secondary education', 'Anos finais do ensino fundamental'],
  ['متوسطهٔ دوم', 'Upper secondary education', 'Ensino médio'],
  ['پس از متوسطه، غیر عالی', 'Post-secondary non-tertiary education', 'Pós-secundário não superior'],
  ['عالی کوتاه‌مدت (کاردانی)', 'Short-cycle tertiary education', 'Superior de ciclo curto'],
  ['کارشناسی یا معادل آن', "Bachelor's or equivalent level", 'Bacharelado ou equivalente'],
  ['کارشناسی ارشد یا معادل آن', "Master's or equivalent level", 'Mestrado ou equivalente'],
  ['دکتری یا معادل آن', 'Doctoral or equivalent level', 'Doutorado ou equivalente'],
];

/** Levels of educational attainment in ISCED 2011 (ISCED-A), `0`…`8`, and `_U`. */
export const educationLevels: readonly Code[] = [
  ...rows.map(([fa, en, pt], level) => ({ code: String(level), name: { fa, en, pt } })),
  unknownCode,
];
