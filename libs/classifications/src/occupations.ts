import type { Code } from './code.js';
import { unknown, unknownCode } from './code.js';
import { remembered } from './remembered.js';

/** Major groups of ISCO-08: code, Persian, English, Portuguese (as Brazil's household surveys name them). */
const rows: readonly (readonly [code: string, fa: string, en: string, pt: string])[] = [
  ['1', 'مدیران', 'Managers', 'Diretores e gerentes'],
  ['2', 'متخصصان', 'Professionals', 'Profissionais das ciências e intelectuais'],
  [
    '3',
    'تکنسین‌ها و کمک‌متخصصان',
    'Technicians and associate professionals',
    'Técnicos e profissionais de nível médio',
  ],
  ['4', 'کارکنان پشتیبانی دفتری', 'Clerical support workers', 'Trabalhadores de apoio administrativo'],
  [
    '5',
    'کارکنان ارائهٔ خدمات و کارکنان فروش',
    'Service and sales workers',
    'Trabalhadores dos serviços, vendedores dos comércios e mercados',
  ],
  [
    '6',
    'کارکنان ماهر کشاورزی، جنگلداری و شیلات',
    'Skilled agricultural, forestry and fishery workers',
    'Trabalhadores qualificados da agropecuária, florestais, da caça e da pesca',
  ],
  [
    '7',
    'صنعتگران و کارکنان کسب‌وکارهای مرتبط',
    'Craft and related trades workers',
    'Trabalhadores qualificados, operários e artesãos da construção, das artes mecânicas e outros ofícios',
  ],
  [
    '8',
    'متصدیان ماشین‌آلات و تجهیزات و مونتاژکاران',
    'Plant and machine operators, and assemblers',
    'Operadores de instalações e máquinas e montadores',
  ],
  ['9', 'کارکنان مشاغل ساده', 'Elementary occupations', 'Ocupações elementares'],
  [
    '0',
    'مشاغل نیروهای مسلح',
    'Armed forces occupations',
    'Membros das forças armadas, policiais e bombeiros militares',
  ],
];

/** The major groups of ISCO-08, `1`…`9`, `0` (armed forces), and `_U`. */
export const majorGroups: readonly Code[] = [
  ...rows.map(([code, fa, en, pt]) => ({ code, name: { fa, en, pt } })),
  unknownCode,
];

/**
 * ISCO-08 major group of each great group of CBO 2002 (`0`…`9`, by position). Approximate: both
 * classifications order 0–6 by the same idea (skill level, then field), but CBO divides production work
 * by process (7 discrete, 8 continuous) where ISCO divides it into trades and machine operation; CBO's 9
 * is repair and maintenance, a trade in ISCO (7); and CBO has no elementary group, its labourers and
 * cleaners stand in 5–9. Hence nothing of CBO reaches ISCO 9, and drivers (CBO 78) are counted in 7.
 * An exact correspondence needs the four-digit families.
 */
const majorGroupOfGreatGroup = '0123456787';

/** What Brazil's register writes for an occupation that is not identified; its first 9 is no great group. */
const unidentifiedOccupation = '999999';

/**
 * The ISCO-08 major group of an occupation code: `ISCO08:7` … `ISCO08:7212`, or `CBO2002:513505`
 * (6 digits, leading zeros kept) by an approximate correspondence. `_U` for null, another scheme, or
 * a code that names no group.
 */
export const majorGroupOf = remembered((occupation: string | null): string => {
  if (occupation === null) return unknown;
  if (/^ISCO08:\d{1,4}$/.test(occupation)) return occupation.charAt(7);
  if (!/^CBO2002:\d{6}$/.test(occupation) || occupation.endsWith(unidentifiedOccupation)) return unknown;
  return majorGroupOfGreatGroup.charAt(Number(occupation.charAt(8)));
});
