import type { Label } from '@karnama/kernel';

const label = (fa: string, en: string): Label => ({ fa, en });

/** What the files say of themselves, in both languages. */
export const words = {
  data: label('داده‌ها', 'Data'),
  notes: label('یادداشت‌ها', 'Notes'),
  period: label('دوره', 'Period'),
  periodCode: label('کد دوره', 'Period code'),
  starts: label('نخستین روز (ISO 8601)', 'First day (ISO 8601)'),
  ends: label('واپسین روز (ISO 8601)', 'Last day (ISO 8601)'),
  month: label('ماه', 'Month'),
  declared: label('ماه اعلام', 'Month of declaration'),
  effective: label('ماه رخداد', 'Effective month'),
  code: label('کد', 'code'),
  value: label('مقدار', 'Value'),
  reason: label('چرا رقمی نیست', 'Why there is no figure'),
  status: label('وضعیت', 'Status'),
  note: label('توضیح', 'Remark'),
  change_previous: label('تغییر نسبت به دورهٔ پیش', 'Change on the period before'),
  change_previous_percent: label('تغییر نسبت به دورهٔ پیش (درصد)', 'Change on the period before (per cent)'),
  change_year: label('تغییر نسبت به سال پیش', 'Change on a year before'),
  change_year_percent: label('تغییر نسبت به سال پیش (درصد)', 'Change on a year before (per cent)'),
  release: label('دانسته‌های انتشار', 'As known at release'),
  latest: label('آخرین دانسته‌ها (بدون انتشار)', 'What is known now (no release)'),
  cutAt: label('بسته‌شده در', 'Cut on'),
  epoch: label('دورهٔ دانسته', 'Knowledge epoch'),
  position: label('دفتر دست‌کم تا جایگاه', 'Ledger counted at least to position'),
  hash: label('چکیدهٔ محتوا (SHA-256)', 'Content hash (SHA-256)'),
  title: label('عنوان', 'Title'),
  indicator: label('شاخص', 'Indicator'),
  dataflow: label('مجموعهٔ داده', 'Data set'),
  definition: label('تعریف', 'Definition'),
  formula: label('فرمول', 'Formula'),
  unit: label('یکا', 'Unit'),
  decimals: label('رقم‌های اعشار', 'Decimals'),
  caveats: label('هشدار', 'Mind'),
  reference: label('مرجع', 'After'),
  sources: label('رکوردهای پایه (قراردادها)', 'Made of the records (contracts)'),
  dataflows: label('مجموعه‌های داده', 'Data sets'),
  coverage: label('پوشش', 'Coverage'),
  filters: label('گزینش', 'Filters'),
  view: label('مبنای ماه', 'Months by'),
  licence: label('پروانهٔ انتشار', 'Licence'),
  citation: label('شیوهٔ ارجاع', 'Citation'),
  address: label('نشانی پرسش', 'Address of the question'),
  remark: label('یادآوری', 'Remark'),
} as const;

export const reasons: Readonly<Record<string, Label>> = {
  'no-denominator': label(
    'در این دوره مبنایی برای تقسیم نیست.',
    'There is nothing to divide by in this period.',
  ),
  'not-yet': label(
    'هنوز زود است: رکوردهای این دوره کامل نشده‌اند.',
    'It is too early: the records of this period have not ripened.',
  ),
  'before-start': label(
    'این دوره به پیش از نخستین رکوردها می‌رسد.',
    'The period reaches back before the first records.',
  ),
  'not-reached': label(
    'تاکنون کمتر از نیمی به رخداد رسیده‌اند.',
    'Less than half have reached the event so far.',
  ),
  'no-data': label('برای این گزینش رکوردی نیست.', 'There is no record for this choice.'),
};

export const statuses: Readonly<Record<string, Label>> = {
  provisional: label('موقت', 'Provisional'),
  'at-least': label('دست‌کم همین مقدار', 'At least this much'),
  effective: label('ماه رخداد', 'Effective month'),
  month: label('ماه', 'Month'),
};
