import type { Label } from '@karnama/kernel';

/**
 * Why a record was refused. `code` is stable and published (see `problemCatalogue`); `field` names
 * the contract's field, or the column of the file, or is null when the whole record is meant;
 * `value` is masked (`maskValue`) and null when there was none.
 */
export type Problem = {
  readonly code: string;
  readonly field: string | null;
  readonly value: string | null;
};

/** What a problem means and what mends it, in Persian and English. */
export type ProblemWords = { readonly message: Label; readonly mend: Label };

const words = (en: string, fa: string, mendEn: string, mendFa: string): ProblemWords => ({
  message: { fa, en },
  mend: { fa: mendFa, en: mendEn },
});

/** The published problem codes. A code is never taken away and never changes its meaning. */
export const problemCatalogue: Readonly<Record<string, ProblemWords>> = {
  // decoding
  'empty-record': words(
    'the record has no content',
    'رکورد محتوا ندارد',
    'send the whole record; to undo an earlier one, send a retraction',
    'کل رکورد را بفرستید؛ برای پس‌گرفتن رکورد پیشین، رکورد ابطال بفرستید',
  ),
  'invalid-json': words(
    'the record is not valid JSON',
    'رکورد JSON معتبر نیست',
    'write the record as one JSON object in UTF-8',
    'رکورد را به شکل یک شیء JSON با کدگذاری UTF-8 بنویسید',
  ),
  'not-an-object': words(
    'the record is JSON, but not an object with named fields',
    'رکورد JSON است ولی شیئی با فیلدهای نام‌دار نیست',
    'send one JSON object for each record',
    'برای هر رکورد یک شیء JSON بفرستید',
  ),
  'too-large': words(
    'the record or one of its fields is too large',
    'رکورد یا یکی از فیلدهای آن بیش از اندازه بزرگ است',
    'send each record by itself; none may pass one megabyte',
    'هر رکورد را جداگانه بفرستید؛ اندازهٔ هیچ رکوردی نباید از یک مگابایت بگذرد',
  ),
  // envelope
  'bad-header': words(
    'the header {field} of the record cannot be used',
    'سرآیند {field} رکورد قابل استفاده نیست',
    'correct the header: printable text of the form that the contract names',
    'سرآیند را اصلاح کنید: متن قابل چاپ به شکلی که قرارداد می‌گوید',
  ),
  'unknown-contract': words(
    'no contract of this name is known',
    'قراردادی با این نام شناخته نیست',
    'use the topic and the contract name agreed with the ministry',
    'از نام قرارداد و مسیر توافق‌شده با وزارت استفاده کنید',
  ),
  'unknown-contract-version': words(
    'this version of the contract is not known',
    'این نسخه از قرارداد شناخته نیست',
    'send a version that is in force',
    'نسخه‌ای را بفرستید که معتبر است',
  ),
  'contract-mismatch': words(
    'the record names another contract than its topic',
    'قراردادی که رکورد نام می‌برد با مسیر آن یکی نیست',
    'publish the record to the topic of its own contract',
    'رکورد را در مسیر قرارداد خودش منتشر کنید',
  ),
  // structure
  'missing-field': words(
    'the field {field} is missing or empty',
    'فیلد {field} نیامده یا خالی است',
    'give the field a value',
    'برای این فیلد مقدار بنویسید',
  ),
  'unknown-field': words(
    'the contract has no field {field}',
    'قرارداد فیلدی به نام {field} ندارد',
    'leave the field out or correct its name',
    'فیلد را حذف کنید یا نام آن را درست کنید',
  ),
  'not-allowed-here': words(
    'the field {field} must be empty in a record of this kind',
    'فیلد {field} در این نوع رکورد باید خالی باشد',
    'leave the field out, or correct the kind of the record',
    'فیلد را حذف کنید یا نوع رکورد را درست کنید',
  ),
  'wrong-type': words(
    'the field {field} has a value of the wrong kind',
    'نوع مقدار فیلد {field} درست نیست',
    'write the value as the contract says: text, number or null',
    'مقدار را همان‌گونه بنویسید که قرارداد می‌گوید: متن، عدد یا تهی',
  ),
  'bad-format': words(
    'the value of {field} does not have the form that the contract asks for',
    'شکل مقدار فیلد {field} با قرارداد نمی‌خواند',
    'write the value in the form that the contract shows',
    'مقدار را به شکلی بنویسید که در قرارداد آمده است',
  ),
  'not-in-code-list': words(
    'the value of {field} is not in its code list',
    'مقدار فیلد {field} در فهرست کدهای آن نیست',
    'use a code of the list, or leave the field out when it is unknown',
    'از کدهای فهرست استفاده کنید یا اگر نامعلوم است فیلد را حذف کنید',
  ),
  'out-of-range': words(
    'the value of {field} is outside the range of the contract',
    'مقدار فیلد {field} بیرون از بازهٔ قرارداد است',
    'correct the value, or leave the field out when it is unknown',
    'مقدار را اصلاح کنید یا اگر نامعلوم است فیلد را حذف کنید',
  ),
  // content
  'bad-month': words(
    'the value of {field} is not a month',
    'مقدار فیلد {field} ماه نیست',
    'write the month as 1404-10 or 2026-01',
    'ماه را به شکل ۱۴۰۴-۱۰ یا ۲۰۲۶-۰۱ (با رقم لاتین) بنویسید',
  ),
  'mixed-calendars': words(
    'the month in {field} is of another calendar than the first month of the record',
    'تقویم ماه در فیلد {field} با نخستین ماه رکورد یکی نیست',
    'give all months of a record in one calendar',
    'همهٔ ماه‌های یک رکورد را در یک تقویم بنویسید',
  ),
  'declared-before-effective': words(
    'the movement is declared in a month before the one in which it took effect',
    'ماه اعلام پیش از ماه وقوع است',
    'check the two months; a movement is declared in its own month or later',
    'دو ماه را بررسی کنید؛ اعلام در همان ماه یا پس از آن است',
  ),
  'retracted-before-declared': words(
    'the movement is retracted in a month before the one in which it was declared',
    'ماه ابطال پیش از ماه اعلام است',
    'check the two months; only a declared movement can be retracted',
    'دو ماه را بررسی کنید؛ تنها رکورد اعلام‌شده را می‌توان باطل کرد',
  ),
  'fixed-after-month': words(
    'the opening stock is fixed through a month after its own',
    'ماهی که موجودی آغازین تا آن قطعی است پس از ماه خود موجودی است',
    'an opening stock can be fixed at most through its own month',
    'موجودی آغازین حداکثر تا ماه خودش قطعی می‌شود',
  ),
  'unknown-area': words(
    'the area in {field} is not known',
    'ناحیهٔ فیلد {field} شناخته نیست',
    'use IR or BR, an ISO 3166-2 code such as IR-23, or country and national code such as BR:211130',
    'از IR یا BR، کد ISO 3166-2 مانند IR-23، یا کشور و کد ملی مانند BR:211130 استفاده کنید',
  ),
  'bad-amount': words(
    'the amount in {field} is not exact to the hundredth, or is too large',
    'مبلغ فیلد {field} تا صدم دقیق نیست یا بیش از اندازه بزرگ است',
    'give a decimal number with at most two digits behind the point; nothing is rounded',
    'عددی با حداکثر دو رقم اعشار بنویسید؛ هیچ مبلغی گرد نمی‌شود',
  ),
  'bad-day': words(
    'the value of {field} is not a day',
    'مقدار فیلد {field} روز نیست',
    'write the day as 1404-01-01 or 2025-03-21',
    'روز را به شکل ۱۴۰۴-۰۱-۰۱ یا ۲۰۲۵-۰۳-۲۱ (با رقم لاتین) بنویسید',
  ),
  'due-before-start': words(
    'the course is due before the day of the enrolment',
    'روز پایان برنامه‌ریزی‌شده پیش از روز ثبت‌نام است',
    'check the two days; a course is due on its first day or later',
    'دو روز را بررسی کنید؛ پایان دوره پیش از آغاز آن نیست',
  ),
  'expires-before-opening': words(
    'the posts expire before the day on which they were opened',
    'روز پایان اعتبار پیش از روز گشایش است',
    'check the two days; leave the expiry out when there is none',
    'دو روز را بررسی کنید؛ اگر پایانی ندارد خالی بگذارید',
  ),
  'bad-national-id': words(
    'the value of {field} is not a national id: its check digit does not fit',
    'مقدار فیلد {field} کد ملی نیست: رقم کنترل آن درست نیست',
    'check all ten digits, the leading zeros too',
    'هر ده رقم، از جمله صفرهای آغازین، را بررسی کنید',
  ),
  'bad-legal-entity-id': words(
    'the value of {field} is not the id of a legal entity: its check digit does not fit',
    'مقدار فیلد {field} شناسهٔ ملی شخص حقوقی نیست: رقم کنترل آن درست نیست',
    'check all eleven digits',
    'هر یازده رقم را بررسی کنید',
  ),
  'bad-enterprise-id': words(
    'the value of {field} is neither the id of a legal entity nor a national id',
    'مقدار فیلد {field} نه شناسهٔ ملی شخص حقوقی است و نه کد ملی',
    'check all eleven digits of the legal entity, or all ten of the natural person',
    'هر یازده رقم شخص حقوقی یا هر ده رقم شخص حقیقی را بررسی کنید',
  ),
  'bad-postal-code': words(
    'the value of {field} is not a postal code of ten digits',
    'مقدار فیلد {field} کد پستی ده‌رقمی نیست',
    'write all ten digits, without dashes',
    'هر ده رقم را بی خط تیره بنویسید',
  ),
  'bad-workshop-code': words(
    'the value of {field} is not the code of a workshop',
    'مقدار فیلد {field} کد کارگاه نیست',
    'write all ten digits with their leading zeros',
    'هر ده رقم را با صفرهای آغازین بنویسید',
  ),
  'repeats-another-field': words(
    'the field {field} repeats the identifier of another field',
    'فیلد {field} شناسهٔ فیلد دیگری را تکرار می‌کند',
    'check whether the columns have shifted',
    'بررسی کنید که ستون‌ها جابه‌جا نشده باشند',
  ),
  // rows of files
  'wrong-number-of-fields': words(
    'the row has more or fewer fields than the header',
    'شمار فیلدهای ردیف با سرستون‌ها یکی نیست',
    'check delimiters and quotes of the row',
    'جداکننده‌ها و نقل‌قول‌های ردیف را بررسی کنید',
  ),
  'bad-quoting': words(
    'a quoted field of the row is not closed, or text follows its closing quote',
    'نقل‌قول یک فیلد بسته نشده یا پس از آن متن آمده است',
    'double each quote inside a quoted field and close it',
    'نقل‌قول درون فیلد را دوتایی بنویسید و فیلد را ببندید',
  ),
  'undecodable-bytes': words(
    'the row holds bytes that are no text in the encoding of the file',
    'ردیف بایت‌هایی دارد که در کدگذاری پرونده متن نیستند',
    'save the file in the encoding that its mapping names',
    'پرونده را با کدگذاری نام‌برده در نگاشت ذخیره کنید',
  ),
  'control-character': words(
    'the row holds a NUL or another control character',
    'ردیف نویسهٔ کنترلی (مانند NUL) دارد',
    'export the row again; such characters come from damaged files',
    'ردیف را دوباره خروجی بگیرید؛ این نویسه‌ها نشانهٔ خرابی پرونده‌اند',
  ),
  'untranslated-value': words(
    'the value in column {field} is not in the translation table of the mapping',
    'مقدار ستون {field} در جدول ترجمهٔ نگاشت نیست',
    'correct the value, or add it to the table of the mapping',
    'مقدار را اصلاح کنید یا آن را به جدول نگاشت بیفزایید',
  ),
  'bad-decimal': words(
    'the value in column {field} is not a decimal number with the decimal mark of the file',
    'مقدار ستون {field} عدد اعشاری با ممیز این پرونده نیست',
    'write plain digits and one decimal mark, without separators of thousands',
    'تنها رقم و یک ممیز بنویسید، بی جداکنندهٔ هزارگان',
  ),
};

const unknown: ProblemWords = words(
  'the record was refused ({code})',
  'رکورد پذیرفته نشد ({code})',
  'ask the ministry what this code means',
  'معنای این کد را از وزارت بپرسید',
);

const filled = (label: Label, problem: Problem): Label => {
  const fill = (text: string): string =>
    text.replaceAll('{field}', problem.field ?? '—').replaceAll('{code}', problem.code);
  return { fa: fill(label.fa), en: fill(label.en) };
};

/**
 * A problem in words. `mends` = the mends that the contract has for its own fields; without one the
 * mend of the code is given.
 */
export const describeProblem = (
  problem: Problem,
  mends: Readonly<Record<string, Label>> = {},
): ProblemWords => {
  const known = (Object.hasOwn(problemCatalogue, problem.code) && problemCatalogue[problem.code]) || unknown;
  const own =
    problem.field !== null && Object.hasOwn(mends, problem.field) ? mends[problem.field] : undefined;
  return { message: filled(known.message, problem), mend: filled(own ?? known.mend, problem) };
};
