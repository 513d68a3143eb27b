import type { Label } from '../api.js';

const label = (fa: string, en: string): Label => ({ fa, en });

/** Short names of the reasons for quarantine; the agency's notes tell them in full. */
const names: Readonly<Record<string, Label>> = {
  'empty-record': label('بی‌محتوا', 'empty'),
  'invalid-json': label('JSON نامعتبر', 'invalid JSON'),
  'not-an-object': label('شیء نیست', 'not an object'),
  'too-large': label('بیش از اندازه بزرگ', 'too large'),
  'bad-header': label('سرآیند نادرست', 'bad header'),
  'unknown-contract': label('قرارداد ناشناخته', 'unknown contract'),
  'unknown-contract-version': label('نسخهٔ ناشناختهٔ قرارداد', 'unknown contract version'),
  'contract-mismatch': label('قرارداد نادرست', 'contract mismatch'),
  'missing-field': label('فیلد نیامده', 'missing field'),
  'unknown-field': label('فیلد ناشناخته', 'unknown field'),
  'not-allowed-here': label('فیلد نابه‌جا', 'not allowed here'),
  'wrong-type': label('نوع نادرست', 'wrong type'),
  'bad-format': label('قالب نادرست', 'bad format'),
  'not-in-code-list': label('بیرون از فهرست کدها', 'not in the code list'),
  'out-of-range': label('بیرون از دامنه', 'out of range'),
  'bad-month': label('ماه نادرست', 'bad month'),
  'mixed-calendars': label('دو تقویم در هم', 'mixed calendars'),
  'declared-before-effective': label('اعلام پیش از رخداد', 'declared before effective'),
  'retracted-before-declared': label('ابطال پیش از اعلام', 'retracted before declared'),
  'fixed-after-month': label('تثبیت پس از ماه', 'fixed after the month'),
  'unknown-area': label('منطقهٔ ناشناخته', 'unknown area'),
  'bad-amount': label('مبلغ نادرست', 'bad amount'),
  'bad-day': label('روز نادرست', 'bad day'),
  'due-before-start': label('موعد پیش از آغاز', 'due before start'),
  'expires-before-opening': label('پایان پیش از آغاز', 'expires before opening'),
  'bad-national-id': label('کد ملی نادرست', 'bad national id'),
  'bad-legal-entity-id': label('شناسهٔ ملی نادرست', 'bad legal entity id'),
  'bad-enterprise-id': label('شناسهٔ بنگاه نادرست', 'bad enterprise id'),
  'bad-postal-code': label('کد پستی نادرست', 'bad postal code'),
  'bad-workshop-code': label('کد کارگاه نادرست', 'bad workshop code'),
  'repeats-another-field': label('تکرار فیلد دیگر', 'repeats another field'),
  'wrong-number-of-fields': label('شمار نادرست فیلدها', 'wrong number of fields'),
  'bad-quoting': label('نقل‌قول نادرست', 'bad quoting'),
  'undecodable-bytes': label('نویسهٔ ناخوانا', 'undecodable bytes'),
  'control-character': label('نویسهٔ کنترلی', 'control character'),
  'untranslated-value': label('مقدار ترجمه‌نشده', 'untranslated value'),
  'bad-decimal': label('عدد اعشاری نادرست', 'bad decimal'),
};

/** Name of a reason; the code itself when it has none. */
export const problemName = (code: string): Label => names[code] ?? { fa: code, en: code };
