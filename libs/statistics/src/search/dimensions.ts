import type { DimensionSpec } from '@karnama/cells';

export const areaDimension: DimensionSpec = { code: 'area', name: { fa: 'منطقه', en: 'Area', pt: 'Área' } };
export const sexDimension: DimensionSpec = { code: 'sex', name: { fa: 'جنس', en: 'Sex', pt: 'Sexo' } };
export const ageDimension: DimensionSpec = {
  code: 'age',
  name: { fa: 'گروه سنی', en: 'Age band', pt: 'Faixa etária' },
};
export const educationDimension: DimensionSpec = {
  code: 'education',
  name: { fa: 'تحصیلات', en: 'Education', pt: 'Escolaridade' },
};
export const skillDimension: DimensionSpec = {
  code: 'skill',
  name: { fa: 'خانوادهٔ مهارت', en: 'Skill family' },
};
/** Full months that have passed since a cohort began. */
export const elapsedDimension: DimensionSpec = {
  code: 'elapsed',
  name: { fa: 'ماه‌های گذشته', en: 'Months elapsed' },
};
