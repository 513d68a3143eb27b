import type { Code } from './code.js';
import { unknown, unknownCode } from './code.js';

/** A family of skills; `occupations` are ISCO-08 codes of 2–4 digits whose occupations it leads to. */
export type SkillFamily = Code & { readonly occupations: readonly string[] };

/**
 * Families after the clusters of vocational training in Iran (industry, services, agriculture, culture
 * and art), with the ISCO-08 groups in which people work with such a skill. Families may share a group.
 */
const rows: readonly (readonly [code: string, fa: string, en: string, occupations: string])[] = [
  ['ELEC', 'برق و الکترونیک', 'Electricity and electronics', '74 2151 2152 3113 3114 3522 8212'],
  ['WELD', 'جوشکاری و فلزکاری', 'Welding and metal work', '72 812 3115 3135 8211'],
  ['AUTO', 'خودرو و رانندگی', 'Motor vehicles and driving', '7231 832 833 834'],
  ['CONS', 'ساختمان', 'Construction', '71 3112 3123 9312 9313'],
  ['WOOD', 'صنایع چوب', 'Wood work', '752 817'],
  ['TEXT', 'نساجی و پوشاک', 'Textiles and garments', '753 815 7318'],
  ['FOOD', 'صنایع غذایی و آشپزی', 'Food processing and cooking', '751 816 512 3434 94'],
  ['AGRI', 'کشاورزی و دامپروری', 'Agriculture and animal husbandry', '6 92 2132 3142 3143 8341'],
  ['ICT', 'فناوری اطلاعات و ارتباطات', 'Information and communication technology', '25 35 133 4132'],
  ['HLTH', 'بهداشت و درمان', 'Health and care', '22 32 532'],
  ['BEAU', 'مراقبت و زیبایی', 'Beauty and personal services', '514 516'],
  ['TOUR', 'گردشگری و هتلداری', 'Tourism and hospitality', '141 511 513 515 4221 4224'],
  ['MGMT', 'امور اداری و مالی', 'Office and accounting', '12 24 33 41 43'],
  ['HAND', 'صنایع دستی و هنر', 'Handicrafts and arts', '731 265 343'],
  ['MINE', 'معدن و صنایع شیمیایی', 'Mining and chemicals', '811 813 2146 3117 3121 3133 3134 9311'],
];

/** The skill families, and `_U`, which leads to no occupation. */
export const skillFamilies: readonly SkillFamily[] = [
  ...rows.map(([code, fa, en, occupations]) => ({
    code,
    name: { fa, en },
    occupations: occupations.split(' '),
  })),
  { ...unknownCode, occupations: [] },
];

const byCode = new Map(skillFamilies.map((family) => [family.code, family]));

/** The family that `text` is the code of; `_U` for null and for any other text. */
export const skillFamilyOf = (text: string | null): string =>
  text !== null && byCode.has(text) ? text : unknown;

/**
 * Whether an occupation (`ISCO08:7411` or `7411`, 1–4 digits) is one that the family leads to. False for
 * null, another scheme, an unknown family, and a code too coarse to tell.
 */
export const leadsTo = (family: string, occupation: string | null): boolean => {
  const digits = /^(?:ISCO08:)?(\d{1,4})$/.exec(occupation ?? '')?.[1];
  if (digits === undefined) return false;
  return byCode.get(family)?.occupations.some((prefix) => digits.startsWith(prefix)) ?? false;
};
