/** Words of the comparison of two positions of knowledge. */
export const compareMessages = {
  fa: {
    'compare.label': 'در مقایسه با',
    'compare.none': 'بدون مقایسه',
    'compare.end': 'پایان مقایسه',
    'compare.heading': 'مقایسهٔ «{from}» با «{to}»',
    'compare.lead': '{what}؛ موقعیت پیشین‌تر نخست آمده است.',
    'compare.caption': 'تازه‌ترین رقم هر شاخص در «{from}» و «{to}»، {area}، و آنچه تفاوت را پدید آورده است',
    'compare.column.difference': 'تفاوت',
    'compare.column.newPeriod': 'اثر دورهٔ تازه',
    'compare.column.late': 'اثر رکوردهای دیررسیده',
    'compare.column.corrections': 'اثر اصلاح و پس‌گرفتن',
    'compare.column.definition': 'اثر تعریف',
    'compare.column.fate': 'چه شد',
    'compare.difference': 'تفاوت ({unit})',
    'compare.effect.newPeriod': 'دورهٔ تازه',
    'compare.effect.late': 'رکوردهای دیررسیده',
    'compare.effect.corrections': 'اصلاح و پس‌گرفتن',
    'compare.effect.definition': 'تعریف',
    'compare.definition.same': 'بی‌تغییر',
    'compare.parts-only': 'این شاخص فقط به تفکیک گفته می‌شود.',
    'compare.flip.year': 'علامت تغییر سالانه برگشت',
    'compare.flip.previous': 'علامت تغییر از دورهٔ پیش برگشت',
    'compare.fate.new': 'دورهٔ تازه',
    'compare.fate.revised': 'بازنگری‌شده',
    'compare.fate.gone': 'دیگر رقمی ندارد',
    'compare.found':
      '{indicators, plural, other {# شاخص}} در این دو موقعیت فرق دارد: {added, plural, =0 {بی رقم تازه} other {# رقم تازه}} و {revised, plural, =0 {بی بازنگری} other {# رقم بازنگری‌شده}}.',
    'compare.found.none': 'هیچ رقمی در این دو موقعیت فرق ندارد.',
    'compare.found.gone': '{gone, plural, other {# رقم دیگر گفته نمی‌شود.}}',
    'compare.found.flips': '{flips, plural, other {در # شاخص علامت تغییر برگشته است.}}',
    'compare.records':
      'رکوردهای قراردادهای این شاخص که در این میان رسید: {added} رکورد نو و {amended} اصلاح یا پس‌گرفتن.',
    'compare.periods':
      'دوره‌هایی که دو موقعیت از آن‌ها چیز دیگری می‌گویند، تازه‌ترین نخست ({shown} از {all})',
    'compare.note':
      'هر موقعیت با تعریفی گفته می‌شود که در آن زمان برقرار بوده است. تفاوت گام به گام جدا می‌شود: نخست تغییر تعریف، سپس رکوردهای دیررسیده (هر رکوردی که نخستین بار گفته شده است)، سپس اصلاح‌ها و پس‌گرفتن‌ها، و در پایان دورهٔ تازه، یعنی فاصلهٔ دو دوره آن‌گونه که موقعیت پسین هر دو را می‌گوید. جمع گام‌ها درست برابر تفاوت است.',
    'compare.note.redefined':
      '{redefined, plural, =0 {میان این دو موقعیت هیچ تعریفی عوض نشده است.} other {تعریف # شاخص میان این دو موقعیت عوض شده است.}}',
    'compare.overview.lead': '«{from}» در برابر «{to}»: هر شاخص با آنچه تفاوتش را پدید آورده است.',
  },
  en: {
    'compare.label': 'Compared with',
    'compare.none': 'No comparison',
    'compare.end': 'End comparison',
    'compare.heading': '“{from}” compared with “{to}”',
    'compare.lead': '{what}; the earlier position comes first.',
    'compare.caption':
      'Newest figure of each indicator at “{from}” and “{to}”, {area}, and what made the difference',
    'compare.column.difference': 'Difference',
    'compare.column.newPeriod': 'New period',
    'compare.column.late': 'Late records',
    'compare.column.corrections': 'Corrections and withdrawals',
    'compare.column.definition': 'Definition',
    'compare.column.fate': 'What happened',
    'compare.difference': 'Difference ({unit})',
    'compare.effect.newPeriod': 'New period',
    'compare.effect.late': 'Late records',
    'compare.effect.corrections': 'Corrections, withdrawals',
    'compare.effect.definition': 'Definition',
    'compare.definition.same': 'not changed',
    'compare.parts-only': 'This indicator is told in parts only.',
    'compare.flip.year': 'Yearly change turned its sign',
    'compare.flip.previous': 'Change on the period before turned its sign',
    'compare.fate.new': 'New period',
    'compare.fate.revised': 'Revised',
    'compare.fate.gone': 'No figure any more',
    'compare.found':
      '{indicators, plural, one {# indicator differs} other {# indicators differ}} between the two positions: {added, plural, =0 {no new figure} one {# new figure} other {# new figures}} and {revised, plural, =0 {no revision} one {# revised figure} other {# revised figures}}.',
    'compare.found.none': 'No figure differs between the two positions.',
    'compare.found.gone':
      '{gone, plural, one {# figure is not told any more.} other {# figures are not told any more.}}',
    'compare.found.flips':
      '{flips, plural, one {A change turned its sign in # indicator.} other {A change turned its sign in # indicators.}}',
    'compare.records':
      'Records of this indicator’s contracts that came in between: {added} new ones and {amended} corrections or withdrawals.',
    'compare.periods': 'Periods that the two positions tell differently, newest first ({shown} of {all})',
    'compare.note':
      'Each position is told by the definition in force then. The difference is told step by step: a changed definition first, then late records (every record told for the first time), then corrections and withdrawals, and the new period last: the distance between the two periods as the later position tells both. The steps add up to the difference exactly.',
    'compare.note.redefined':
      '{redefined, plural, =0 {No definition was changed between the two positions.} one {The definition of # indicator was changed between the two positions.} other {The definitions of # indicators were changed between the two positions.}}',
    'compare.overview.lead': '“{from}” against “{to}”: each indicator with what made its difference.',
  },
} as const;
