import type { Code } from './code.js';
import { unknownCode } from './code.js';

/** Kinds of employment contract, as the social insurance records state them, and `_U`. */
export const contractTypes: readonly Code[] = [
  { code: 'permanent', name: { fa: 'دائم', en: 'Permanent', pt: 'Prazo indeterminado' } },
  { code: 'fixed-term', name: { fa: 'مدت موقت', en: 'Fixed term', pt: 'Prazo determinado' } },
  { code: 'seasonal', name: { fa: 'فصلی', en: 'Seasonal', pt: 'Sazonal' } },
  { code: 'apprenticeship', name: { fa: 'کارآموزی', en: 'Apprenticeship', pt: 'Aprendizagem' } },
  { code: 'other', name: { fa: 'سایر', en: 'Other', pt: 'Outro' } },
  unknownCode,
];
