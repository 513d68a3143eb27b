/** Words of the live figures. */
export const liveMessages = {
  fa: {
    'live.fixed': 'این موقعیت ثابت است',
    'live.connecting': 'در حال پیوستن به جریان ارقام…',
    'live.current': 'زنده: هم‌گام با دفتر رویدادها',
    'live.behind': '{events, plural, other {# رویداد دفتر هنوز در ارقام نیست}}',
    'live.behind.seconds': '({seconds} ثانیه عقب‌تر)',
    'live.away': 'انبار داده پاسخ نمی‌دهد',
    'live.away.since': 'انبار داده پاسخ نمی‌دهد؛ ارقام تا ساعت {time}',
    'live.lost': 'پیوند زنده برقرار نیست',
    'live.lost.since': 'پیوند زنده قطع است؛ ارقام تا ساعت {time}',
    'live.mark': 'همین حالا تغییر کرد؛ پیش‌تر {before}',
    'live.mark.new': 'همین حالا رسید',
    'live.changed': 'ساعت {time}، {figures, plural, other {# رقم این صفحه تغییر کرد}}',
    'live.changed.said':
      '{figures, plural, other {# رقم}} در {indicators, plural, other {# شاخص}} این صفحه تغییر کرد.',
    'live.changed.more': '{count, plural, other {و # شاخص دیگر}}',
    'live.changed.label': 'تغییرهای تازهٔ این صفحه',
    'live.explain': 'مقایسه با آخرین انتشار',
    'live.seen': 'دیدم',
  },
  en: {
    'live.fixed': 'This position does not change',
    'live.connecting': 'Joining the stream of figures…',
    'live.current': 'Live: up with the ledger',
    'live.behind':
      '{events, plural, one {# event of the ledger is not in the figures yet} other {# events of the ledger are not in the figures yet}}',
    'live.behind.seconds': '({seconds} s behind)',
    'live.away': 'The data store does not answer',
    'live.away.since': 'The data store does not answer; figures up to {time}',
    'live.lost': 'No live link',
    'live.lost.since': 'The live link is down; figures up to {time}',
    'live.mark': 'Changed just now; was {before}',
    'live.mark.new': 'Came in just now',
    'live.changed':
      '{time}: {figures, plural, one {# figure of this page changed} other {# figures of this page changed}}',
    'live.changed.said':
      '{figures, plural, one {# figure} other {# figures}} of {indicators, plural, one {# indicator} other {# indicators}} on this page changed.',
    'live.changed.more': '{count, plural, one {and # more indicator} other {and # more indicators}}',
    'live.changed.label': 'What has just changed on this page',
    'live.explain': 'Compare with the last release',
    'live.seen': 'Seen',
  },
} as const;
