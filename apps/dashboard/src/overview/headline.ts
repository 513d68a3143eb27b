import type { MessageKey } from '../messages-en.js';
import type { Frequency } from '../url-state.js';

/** An indicator of the overview, at the frequency at which it is worth a look. */
export type Headline = { readonly code: string; readonly freq: Frequency };

export type HeadlineGroup = { readonly heading: MessageKey; readonly indicators: readonly Headline[] };

const monthly = (...codes: readonly string[]): readonly Headline[] =>
  codes.map((code) => ({ code, freq: 'M' }));
const quarterly = (...codes: readonly string[]): readonly Headline[] =>
  codes.map((code) => ({ code, freq: 'Q' }));

/** Wages are told once a quarter, cohorts and job flows of a single month are small: these go by quarter. */
export const headlineGroups: readonly HeadlineGroup[] = [
  { heading: 'group.employment', indicators: monthly('EMP_JOBS', 'EMP_PERS', 'HIRES', 'SEPS') },
  { heading: 'group.search', indicators: monthly('JSK_STOCK', 'JSK_RATIO', 'VAC_STOCK', 'TIGHT') },
  { heading: 'group.flows', indicators: quarterly('JC', 'JD') },
  { heading: 'group.training', indicators: [...monthly('CERT_ISSUED'), ...quarterly('GRAD_EMP_6')] },
  { heading: 'group.business', indicators: monthly('ENT_EMPLOYERS', 'IND_ACTIVE_SH', 'CAP_UTIL') },
  { heading: 'group.wages', indicators: quarterly('WAGE_MEAN') },
  { heading: 'group.quality', indicators: monthly('DQ_COMP') },
];

export const headlines: readonly Headline[] = headlineGroups.flatMap((group) => group.indicators);

/** What the map may be coloured by; the first is the map's own choice. */
export const mapChoices: readonly Headline[] = [
  { code: 'JSK_RATIO', freq: 'M' },
  ...headlines.filter(({ code }) => code !== 'JSK_RATIO'),
];
