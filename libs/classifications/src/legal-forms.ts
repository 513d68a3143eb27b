import type { Code } from './code.js';
import { unknown, unknownCode } from './code.js';

/** Legal forms of enterprises: `company cooperative natural-person public other`, and `_U`. */
export const legalForms: readonly Code[] = [
  { code: 'company', name: { fa: 'شرکت', en: 'Company', pt: 'Sociedade empresária' } },
  { code: 'cooperative', name: { fa: 'تعاونی', en: 'Cooperative', pt: 'Cooperativa' } },
  {
    code: 'natural-person',
    name: { fa: 'شخص حقیقی', en: 'Natural person', pt: 'Pessoa física' },
  },
  {
    code: 'public',
    name: { fa: 'دستگاه یا مؤسسهٔ عمومی', en: 'Public body', pt: 'Entidade pública' },
  },
  { code: 'other', name: { fa: 'سایر', en: 'Other', pt: 'Outra' } },
  unknownCode,
];

const codes = new Set(legalForms.map(({ code }) => code));

/** The code of a legal form; `_U` for null and for one that is not listed. */
export const legalFormOf = (form: string | null): string =>
  form !== null && codes.has(form) ? form : unknown;
