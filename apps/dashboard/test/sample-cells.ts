/** A small world with two releases, from which every answer of the test API is summed. */

export type SampleCell = {
  readonly month: string;
  readonly declared: string;
  readonly epoch: number;
  /** The finest area known: a municipality, a state, or the unknown child of one. */
  readonly area: string;
  readonly industry: string;
  readonly sex: string;
  readonly hires: bigint;
  readonly separations: bigint;
};

/** A small generator with a fixed seed, so that every run sees the same world. */
const randomFrom = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

const monthsFrom = (year: number, month: number, count: number): readonly string[] =>
  Array.from({ length: count }, (_, i) => {
    const ordinal = year * 12 + month - 1 + i;
    return `${Math.floor(ordinal / 12)}-${String((ordinal % 12) + 1).padStart(2, '0')}`;
  });

const countries = [
  {
    months: monthsFrom(1403, 1, 24),
    areas: ['IR-23', 'IR-10', 'IR-09', 'IR-07', 'IR-_U'],
    scale: 9000,
  },
  {
    months: monthsFrom(2025, 1, 14),
    areas: ['BR:211130', 'BR:210005', 'BR:355030', 'BR-MA:_U', 'BR-SP:_U', 'BR-_U:_U'],
    scale: 40000,
  },
] as const;

const industries = ['A', 'C', 'F', 'G', 'H', 'I', 'J', 'P', 'Q', 'S', 'T', 'O', '_U'] as const;

/**
 * On-time cells are learned in the epoch of their month's third of the series; late ones and
 * retractions for a few months are learned after the second release.
 */
export const sampleCells = (): readonly SampleCell[] => {
  const random = randomFrom(1404);
  const cells: SampleCell[] = [];
  for (const { months, areas, scale } of countries) {
    const third = Math.ceil(months.length / 3);
    for (const [index, month] of months.entries())
      for (const area of areas)
        for (const industry of industries)
          for (const sex of ['F', 'M']) {
            const size = area.includes('_U') ? scale / 60 : scale / 10;
            const hires = BigInt(random(size) + Math.floor(size * (1 + (index % 12) / 14)));
            const separations = BigInt(random(size) + Math.floor(size * (1.15 + (index % 5) / 20)));
            const epoch = Math.min(3, 1 + Math.floor(index / third));
            cells.push({ month, declared: month, epoch, area, industry, sex, hires, separations });
          }
    const late = months.at(-1) ?? '';
    for (const back of [third + 2, third + 5, 2 * third - 1, third * 2 - 3]) {
      const month = months[months.length - 1 - back] ?? '';
      const [area, sex] = [areas[0], 'M'];
      cells.push({
        month,
        declared: late,
        epoch: 3,
        area,
        industry: 'C',
        sex,
        hires: BigInt(scale * 2 + back),
        separations: -17n,
      });
    }
  }
  return cells;
};

export const sampleReleases = [
  { name: 'R1', epoch: 1, cutAt: '2025-11-12T08:30:00.000Z' },
  { name: '1404-Q4', epoch: 2, cutAt: '2026-05-20T08:30:00.000Z' },
] as const;

/** Stock at the end of the month before the series begins, known from the first epoch on. */
export const sampleOpeningStock = { area: 'IR', before: '1403-01', stock: 15_382_917n } as const;

const names: Readonly<Record<string, { fa: string; en: string; pt?: string }>> = {
  IR: { fa: 'ایران', en: 'Iran' },
  'IR-23': { fa: 'تهران', en: 'Tehran' },
  'IR-10': { fa: 'اصفهان', en: 'Isfahan' },
  'IR-09': { fa: 'خراسان رضوی', en: 'Razavi Khorasan' },
  'IR-07': { fa: 'فارس', en: 'Fars' },
  'IR-_U': { fa: 'ایران، استان نامعلوم', en: 'Iran, province unknown' },
  BR: { fa: 'برزیل', en: 'Brazil', pt: 'Brasil' },
  'BR-MA': { fa: 'مارانیائو', en: 'Maranhão', pt: 'Maranhão' },
  'BR-SP': { fa: 'سائوپائولو', en: 'São Paulo', pt: 'São Paulo' },
  'BR-_U': { fa: 'برزیل، ایالت نامعلوم', en: 'Brazil, state unknown' },
  'BR:211130': { fa: 'سائو لوئیس', en: 'São Luís', pt: 'São Luís' },
  'BR:210005': { fa: 'آسایلاندیا', en: 'Açailândia', pt: 'Açailândia' },
  'BR:355030': { fa: 'شهر سائوپائولو', en: 'São Paulo (city)', pt: 'São Paulo' },
  'BR-MA:_U': { fa: 'مارانیائو، شهرداری نامعلوم', en: 'Maranhão, municipality unknown' },
  'BR-SP:_U': { fa: 'سائوپائولو، شهرداری نامعلوم', en: 'São Paulo, municipality unknown' },
  'BR-_U:_U': { fa: 'برزیل، شهرداری نامعلوم', en: 'Brazil, municipality unknown' },
  A: { fa: 'کشاورزی، جنگلداری و ماهیگیری', en: 'Agriculture, forestry and fishing' },
  C: { fa: 'تولید صنعتی (ساخت)', en: 'Manufacturing' },
  F: { fa: 'ساختمان', en: 'Construction' },
  G: {
    fa: 'عمده‌فروشی و خرده‌فروشی؛ تعمیر وسایل نقلیهٔ موتوری و موتورسیکلت',
    en: 'Wholesale and retail trade; repair of motor vehicles and motorcycles',
  },
  H: { fa: 'حمل‌ونقل و انبارداری', en: 'Transportation and storage' },
  I: { fa: 'فعالیت‌های تأمین جا و غذا', en: 'Accommodation and food service activities' },
  J: { fa: 'اطلاعات و ارتباطات', en: 'Information and communication' },
  O: { fa: 'ادارهٔ امور عمومی و دفاع', en: 'Public administration and defence' },
  P: { fa: 'آموزش', en: 'Education' },
  Q: { fa: 'سلامت انسان و مددکاری اجتماعی', en: 'Human health and social work activities' },
  S: { fa: 'سایر فعالیت‌های خدماتی', en: 'Other service activities' },
  T: { fa: 'فعالیت‌های خانوارها', en: 'Activities of households' },
  _U: { fa: 'نامعلوم', en: 'Unknown' },
  F_: { fa: 'زن', en: 'Female' },
  M: { fa: 'مرد', en: 'Male' },
};

export const nameOfCode = (dimension: string, code: string) =>
  names[dimension === 'sex' && code === 'F' ? 'F_' : code] ?? { fa: code, en: code };

/** The area above, by the rules of the area codes; Brazil's first two digits name the state. */
export const parentOf = (area: string): string | undefined => {
  const states: Readonly<Record<string, string>> = { '21': 'BR-MA', '35': 'BR-SP' };
  if (area.includes(':')) {
    const [prefix = '', rest = ''] = area.split(':');
    return rest === '_U' ? prefix : states[rest.slice(0, 2)];
  }
  return area.includes('-') ? area.slice(0, 2) : undefined;
};

export const lineageOf = (area: string): readonly string[] => {
  const parent = parentOf(area);
  return parent === undefined ? [area] : [...lineageOf(parent), area];
};
