import type { Code } from './code.js';

/**
 * How a figure was declared: in the month it belongs to, later, taken back, or as a total of an
 * agency that sends no single movements. Retracted movements count negatively.
 */
export const declarationKinds: readonly Code[] = [
  { code: 'ON_TIME', name: { fa: 'به‌موقع', en: 'On time', pt: 'No prazo' } },
  { code: 'LATE', name: { fa: 'با تأخیر', en: 'Late', pt: 'Fora do prazo' } },
  { code: 'RETRACTED', name: { fa: 'پس‌گرفته‌شده', en: 'Retracted', pt: 'Excluída' } },
  { code: 'TOTAL', name: { fa: 'جمع اعلام‌شده', en: 'Declared total', pt: 'Total declarado' } },
];
