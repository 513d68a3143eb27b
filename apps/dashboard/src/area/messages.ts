export const areaMessages = {
  fa: {
    'area.lead': 'شاخص‌های اصلی، جایگاه در میان استان‌ها، و شهرک‌ها و واحدهای صنعتی استان.',
    'area.finding':
      'بهترین رتبهٔ {area} در {best} ({bestRank} از {bestCount}) و پایین‌ترین در {worst} ({worstRank} از {worstCount}) است؛ رتبهٔ ۱ یعنی بزرگ‌ترین رقم.',
    'area.legend.own': '{area}',
    'area.legend.country': '{country}',
    'area.legend.note':
      'سهم‌ها به مقیاس خودشان‌اند؛ سطح‌ها از نخستین دورهٔ مشترک و هر دو از ۱۰۰ آغاز می‌شوند.',
    'area.industry': 'صنعت و شهرک‌ها',
    'multiples.heading': 'استان‌ها کنار هم',
    'multiples.note.share': 'همه به یک مقیاس؛ خط‌چین: {country}. رقم هر استان: {period}.',
    'multiples.note.level':
      'هر خط از نخستین رقمش، ۱۰۰ گرفته، آغاز می‌شود و همه به یک مقیاس‌اند؛ خط‌چین: {country}. رقم هر استان: {period}.',
    'multiples.finding':
      'نسبت به سال پیش در {up, plural, =0 {هیچ استانی افزایش} other {# استان افزایش}} و در {down, plural, =0 {هیچ استانی کاهش} other {# استان کاهش}} دیده می‌شود.',
    'multiples.label': 'نمودار هر استان',
  },
  en: {
    'area.lead': 'Headline indicators, rank among the provinces, and the estates and industrial units.',
    'area.finding':
      '{area} ranks highest in {best} ({bestRank} of {bestCount}) and lowest in {worst} ({worstRank} of {worstCount}); rank 1 is the largest figure.',
    'area.legend.own': '{area}',
    'area.legend.country': '{country}',
    'area.legend.note':
      'Shares are on their own scale; levels both begin at 100 in the first period that both have.',
    'area.industry': 'Industry and estates',
    'multiples.heading': 'Provinces side by side',
    'multiples.note.share': 'All on one scale; dashed: {country}. Figure of each province: {period}.',
    'multiples.note.level':
      'Each line begins at 100, its first figure, and all are on one scale; dashed: {country}. Figure of each province: {period}.',
    'multiples.finding':
      'Against a year before, {up, plural, =0 {no province} one {# province} other {# provinces}} rose and {down, plural, =0 {no province} one {# province} other {# provinces}} fell.',
    'multiples.label': 'A chart for each province',
  },
} as const;
