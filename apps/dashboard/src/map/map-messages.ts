/** Words of the two drawings of the provinces. */
export const mapMessages = {
  fa: {
    'map.drawing': 'نمایش استان‌ها',
    'map.drawing.map': 'نقشه',
    'map.drawing.tiles': 'کاشی',
    'map.drawn.note':
      'مرز استان‌ها: تقسیمات کشوری از {since}؛ مرزهای پیش از آن رده‌بندی دیگری‌اند. این نقشه طرحی بدون سیستم تصویر است و نقشهٔ رسمی نیست.',
    'map.caspian': 'دریای خزر',
    'map.gulf': 'خلیج فارس',
  },
  en: {
    'map.drawing': 'Drawing of the provinces',
    'map.drawing.map': 'Map',
    'map.drawing.tiles': 'Tiles',
    'map.drawn.note':
      'Boundaries of the provinces as they are since {since}; earlier ones are another classification. A drawing without projection, not a survey.',
    'map.caspian': 'Caspian Sea',
    'map.gulf': 'Persian Gulf',
  },
} as const;
