import { KarnamaError } from '@karnama/kernel';
import { employment } from './employment.js';
import { enterpriseIndicators } from './enterprises.js';
import type { Indicator } from './indicator.js';
import { industry } from './industry.js';
import { jobFlows } from './job-flows.js';
import { jobseekerIndicators } from './jobseekers.js';
import { quality } from './quality.js';
import { trainingIndicators } from './training.js';
import { vacancies } from './vacancies.js';
import { wageIndicators } from './wages.js';

/** Every indicator, theme by theme, in the order in which they are offered. */
export const indicators: readonly Indicator[] = [
  ...employment,
  ...wageIndicators,
  ...jobFlows,
  ...vacancies,
  ...jobseekerIndicators,
  ...trainingIndicators,
  ...enterpriseIndicators,
  ...industry,
  ...quality,
];

/** @throws KarnamaError `unknown-indicator` */
export const indicatorIn = (catalogue: readonly Indicator[], code: string): Indicator => {
  const found = catalogue.find((indicator) => indicator.code === code);
  if (found === undefined)
    throw new KarnamaError(
      'unknown-indicator',
      `there is no indicator "${code}"`,
      'GET /api/indicators or karnama indicators lists them',
    );
  return found;
};
