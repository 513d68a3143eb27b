import type { Code } from './code.js';
import { unknown, unknownCode } from './code.js';
import { remembered } from './remembered.js';

/** Sections of ISIC Rev.4: letter, its divisions (first to last), names. Portuguese: the sections of CNAE 2.0. */
type Row = readonly [letter: string, first: number, last: number, fa: string, en: string, pt: string];

const rows: readonly Row[] = [
  [
    'A',
    1,
    3,
    'کشاورزی، جنگلداری و ماهیگیری',
    'Agriculture, forestry and fishing',
    'Agricultura, pecuária, produção florestal, pesca e aquicultura',
  ],
  ['B', 5, 9, 'استخراج معدن', 'Mining and quarrying', 'Indústrias extrativas'],
  ['C', 10, 33, 'تولید صنعتی (ساخت)', 'Manufacturing', 'Indústrias de transformação'],
  [
    'D',
    35,
    35,
    'تأمین برق، گاز، بخار و تهویهٔ هوا',
    'Electricity, gas, steam and air conditioning supply',
    'Eletricidade e gás',
  ],
  [
    'E',
    36,
    39,
    'آب‌رسانی، مدیریت پسماند، فاضلاب و فعالیت‌های تصفیه',
    'Water supply; sewerage, waste management and remediation activities',
    'Água, esgoto, atividades de gestão de resíduos e descontaminação',
  ],
  ['F', 41, 43, 'ساختمان', 'Construction', 'Construção'],
  [
    'G',
    45,
    47,
    'عمده‌فروشی و خرده‌فروشی، تعمیر وسایل نقلیهٔ موتوری و موتورسیکلت',
    'Wholesale and retail trade; repair of motor vehicles and motorcycles',
    'Comércio; reparação de veículos automotores e motocicletas',
  ],
  ['H', 49, 53, 'حمل‌ونقل و انبارداری', 'Transportation and storage', 'Transporte, armazenagem e correio'],
  [
    'I',
    55,
    56,
    'فعالیت‌های خدماتی مربوط به تأمین جا و غذا',
    'Accommodation and food service activities',
    'Alojamento e alimentação',
  ],
  ['J', 58, 63, 'اطلاعات و ارتباطات', 'Information and communication', 'Informação e comunicação'],
  [
    'K',
    64,
    66,
    'فعالیت‌های مالی و بیمه',
    'Financial and insurance activities',
    'Atividades financeiras, de seguros e serviços relacionados',
  ],
  ['L', 68, 68, 'فعالیت‌های املاک و مستغلات', 'Real estate activities', 'Atividades imobiliárias'],
  [
    'M',
    69,
    75,
    'فعالیت‌های حرفه‌ای، علمی و فنی',
    'Professional, scientific and technical activities',
    'Atividades profissionais, científicas e técnicas',
  ],
  [
    'N',
    77,
    82,
    'فعالیت‌های اداری و خدمات پشتیبانی',
    'Administrative and support service activities',
    'Atividades administrativas e serviços complementares',
  ],
  [
    'O',
    84,
    84,
    'ادارهٔ امور عمومی و دفاع، تأمین اجتماعی اجباری',
    'Public administration and defence; compulsory social security',
    'Administração pública, defesa e seguridade social',
  ],
  ['P', 85, 85, 'آموزش', 'Education', 'Educação'],
  [
    'Q',
    86,
    88,
    'فعالیت‌های مربوط به سلامت انسان و مددکاری اجتماعی',
    'Human health and social work activities',
    'Saúde humana e serviços sociais',
  ],
  [
    'R',
    90,
    93,
    'هنر، سرگرمی و تفریح',
    'Arts, entertainment and recreation',
    'Artes, cultura, esporte e recreação',
  ],
  ['S', 94, 96, 'سایر فعالیت‌های خدماتی', 'Other service activities', 'Outras atividades de serviços'],
  [
    'T',
    97,
    98,
    'فعالیت‌های خانوارها به‌عنوان کارفرما، فعالیت‌های تفکیک‌ناپذیر تولید کالاها و خدمات توسط خانوارهای معمولی برای خودمصرفی',
    'Activities of households as employers; undifferentiated goods- and services-producing activities of households for own use',
    'Serviços domésticos',
  ],
  [
    'U',
    99,
    99,
    'فعالیت‌های سازمان‌ها و هیئت‌های برون‌مرزی',
    'Activities of extraterritorial organizations and bodies',
    'Organismos internacionais e outras instituições extraterritoriais',
  ],
];

/** The sections of ISIC Rev.4, `A`…`U`, and `_U`. */
export const sections: readonly Code[] = [
  ...rows.map(([code, , , fa, en, pt]) => ({ code, name: { fa, en, pt } })),
  unknownCode,
];

const letters = new Set(rows.map(([letter]) => letter));

/** Section of each two-digit division; divisions that ISIC Rev.4 does not have are absent. */
const sectionOfDivision = new Map(
  rows.flatMap(([letter, first, last]) =>
    Array.from({ length: last - first + 1 }, (_, i) => [String(first + i).padStart(2, '0'), letter] as const),
  ),
);

/** The subclass that Brazil's register writes for "not identified"; its digits 99 are no division U. */
const unidentifiedSubclass = '9999999';

/**
 * The ISIC Rev.4 section of an industry code: `ISIC4:C`, `ISIC4:10` … `ISIC4:1071`, or a subclass of
 * CNAE 2.0, `CNAE2:1091102` (7 digits, leading zeros kept), whose divisions and sections are those of
 * ISIC Rev.4. `_U` for null, another scheme, or a code that names no section.
 */
export const sectionOf = remembered((industry: string | null): string => {
  if (industry === null) return unknown;
  if (industry.startsWith('ISIC4:')) {
    const code = industry.slice(6);
    return letters.has(code) ? code : /^\d{2,4}$/.test(code) ? ofDivision(code) : unknown;
  }
  if (!industry.startsWith('CNAE2:')) return unknown;
  const code = industry.slice(6);
  return /^\d{7}$/.test(code) && code !== unidentifiedSubclass ? ofDivision(code) : unknown;
});

const ofDivision = (digits: string): string => sectionOfDivision.get(digits.slice(0, 2)) ?? unknown;
