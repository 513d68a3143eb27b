import type { DimensionSpec, RollUp } from '@karnama/cells';

/** Dimensions that dataflows of jobs and persons share; the codes are those of the classifications. */
export const jobDimensions = {
  area: { code: 'area', name: { fa: 'منطقه', en: 'Area', pt: 'Área' } },
  industry: { code: 'industry', name: { fa: 'بخش فعالیت', en: 'Industry section', pt: 'Seção' } },
  occupation: {
    code: 'occupation',
    name: { fa: 'گروه عمدهٔ شغلی', en: 'Occupation major group', pt: 'Grande grupo ocupacional' },
  },
  sex: { code: 'sex', name: { fa: 'جنس', en: 'Sex', pt: 'Sexo' } },
  age: { code: 'age', name: { fa: 'گروه سنی', en: 'Age band', pt: 'Faixa etária' } },
  contract: { code: 'contract', name: { fa: 'نوع قرارداد', en: 'Kind of contract', pt: 'Tipo de contrato' } },
  tenure: { code: 'tenure', name: { fa: 'مدت اشتغال', en: 'Time in the job', pt: 'Tempo de serviço' } },
  wage: { code: 'wage', name: { fa: 'طبقهٔ دستمزد', en: 'Wage band', pt: 'Faixa salarial' } },
} as const satisfies Record<string, DimensionSpec>;

/** Roll-ups over the month in which things were so. */
export const rollUpsBy = (...subsets: readonly (readonly string[])[]): readonly RollUp[] =>
  subsets.map((dimensions) => ({ time: 'effective', dimensions }));
