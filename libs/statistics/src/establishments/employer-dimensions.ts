import type { DimensionSpec } from '@karnama/cells';

/** Dimensions of figures about employers. */
export const area: DimensionSpec = { code: 'area', name: { fa: 'منطقه', en: 'Area', pt: 'Área' } };

export const industry: DimensionSpec = {
  code: 'industry',
  name: { fa: 'بخش فعالیت', en: 'Industry section', pt: 'Seção' },
};

export const size: DimensionSpec = {
  code: 'size',
  name: { fa: 'گروه اندازه', en: 'Size class', pt: 'Porte' },
};
