import type { Code } from './code.js';
import { unknownCode } from './code.js';

/** Sex as the register states it: `M`, `F`, `_U`. */
export const sexes: readonly Code[] = [
  { code: 'M', name: { fa: 'مرد', en: 'Male', pt: 'Masculino' } },
  { code: 'F', name: { fa: 'زن', en: 'Female', pt: 'Feminino' } },
  unknownCode,
];
