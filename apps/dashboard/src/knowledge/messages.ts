/** Words of the position of knowledge. */
export const knowledgeMessages = {
  fa: {
    'position.now': 'اکنون',
    'position.release': 'انتشار {name}',
    'position.day': 'پایان {day}',
    'position.choose-day': 'در پایان یک روز…',
    'position.field.day': 'روز',
    'position.field.month': 'ماه',
    'position.field.year': 'سال',
    'position.day.shown':
      'همهٔ ارقام این صفحه همان است که در پایان {day} دانسته بود: تا دورهٔ دانستهٔ {epoch} که در {closed} بسته شد.',
    'position.day.waiting': 'همهٔ ارقام این صفحه همان است که در پایان {day} دانسته بود.',
    'position.day.none': 'در پایان {day} هنوز چیزی دانسته نبود؛ روز دیگری برگزینید.',
    'overview.lead.position': 'تازه‌ترین رقم هر شاخص برگزیده، بر پایهٔ {position}.',
  },
  en: {
    'position.now': 'Now',
    'position.release': 'Release {name}',
    'position.day': 'End of {day}',
    'position.choose-day': 'At the end of a day…',
    'position.field.day': 'Day',
    'position.field.month': 'Month',
    'position.field.year': 'Year',
    'position.day.shown':
      'All figures of this page are what was known at the end of {day}: up to knowledge epoch {epoch}, closed on {closed}.',
    'position.day.waiting': 'All figures of this page are what was known at the end of {day}.',
    'position.day.none': 'Nothing was known yet at the end of {day}; choose another day.',
    'overview.lead.position': 'The newest figure of each headline indicator. Basis: {position}.',
  },
} as const;
