export const skillsMessages = {
  fa: {
    'skills.heading': 'مهارت‌ها در {area}',
    'skills.lead':
      'چه گواهینامه‌هایی صادر شد، دارندگانشان کی و کجا به کار رسیدند، و کدام مهارت کم یا زیاد است.',
    'skills.tiles': 'ارقام اصلی مهارت‌ها',
    'skills.certificates': 'گواهینامه‌ها',
    'skills.graduates': 'اشتغال دانش‌آموختگان',
    'skills.graduates.note': 'به فصلی که گواهینامه گرفته‌اند؛ فصل‌های تازه هنوز کامل نشده‌اند',
    'skills.entry': 'زمان تا نخستین شغل',
    'skills.entry.note': 'دانش‌آموختگان {period}، بر حسب ماه‌های گذشته تا نخستین شغل',
    'skills.entry.series': 'دانش‌آموختگانی که نخستین شغل را یافتند',
    'skills.entry.finding':
      'از {graduates} دانش‌آموختهٔ {period} در {area}، {now} نفر همان ماه شغل داشتند یا یافتند؛ میانهٔ زمان تا نخستین شغل: {median}.',
    'skills.entry.finding.open':
      'از {graduates} دانش‌آموختهٔ {period} در {area}، {now} نفر همان ماه شغل داشتند یا یافتند؛ تاکنون کمتر از نیمی از گروه شغل یافته‌اند، پس میانه‌ای نیست.',
    'skills.entry.none': 'هنوز گروهی نیست که دوازده ماه از گواهینامه‌اش گذشته باشد.',
    'skills.entry.month': 'ماه‌های گذشته',
    'skills.entry.persons': 'نفر',
    'skills.entry.table': 'دانش‌آموختگان {period} در {area} بر حسب ماه‌های گذشته تا نخستین شغل',
    'skills.gap': 'شکاف عرضه و تقاضا به تفکیک مهارت',
    'skills.gap.note': 'بالای صفر یعنی کمبود مهارت و زیر صفر یعنی فزونی آن؛ {period}',
    'skills.gap.table': 'مهارت‌ها در {area}؛ کمیاب‌ترین نخست',
    'skills.gap.finding':
      'در {area} کمیاب‌ترین مهارت {short} ({shortValue}) و فراوان‌ترین {ample} ({ampleValue}) است.',
    'skills.gap.none': 'برای {area} هنوز مهارتی نیست که هم فرصت شغلی داشته باشد و هم گواهینامه.',
    'skills.skill': 'مهارت',
    'skills.gap.bar': 'کمبود و فزونی',
    'skills.placements': 'به‌کارگماری و یافتن کار',
  },
  en: {
    'skills.heading': 'Skills in {area}',
    'skills.lead':
      'Which certificates were issued, when and where their holders came to work, and which skills are short or ample.',
    'skills.tiles': 'Main figures of skills',
    'skills.certificates': 'Certificates',
    'skills.graduates': 'Employment of graduates',
    'skills.graduates.note': 'By the quarter of the certificate; recent quarters have not ripened yet',
    'skills.entry': 'Time to the first job',
    'skills.entry.note': 'Graduates of {period}, by months passed until the first job',
    'skills.entry.series': 'Graduates who found their first job',
    'skills.entry.finding':
      'Of {graduates} graduates of {period} in {area}, {now} had or found a job in the same month; median time to the first job: {median}.',
    'skills.entry.finding.open':
      'Of {graduates} graduates of {period} in {area}, {now} had or found a job in the same month; less than half have found one so far, so there is no median.',
    'skills.entry.none': 'There is no cohort yet whose certificates are twelve months old.',
    'skills.entry.month': 'Months passed',
    'skills.entry.persons': 'Persons',
    'skills.entry.table': 'Graduates of {period} in {area} by months passed until the first job',
    'skills.gap': 'Demand–supply gap by skill',
    'skills.gap.note': 'Above zero a skill is short, below zero it is ample; {period}',
    'skills.gap.table': 'Skills in {area}; the shortest first',
    'skills.gap.finding':
      'In {area} the shortest skill is {short} ({shortValue}), the most ample {ample} ({ampleValue}).',
    'skills.gap.none': 'There is no skill yet with both posts and certificates in {area}.',
    'skills.skill': 'Skill',
    'skills.gap.bar': 'Short and ample',
    'skills.placements': 'Placements and finding work',
  },
} as const;
