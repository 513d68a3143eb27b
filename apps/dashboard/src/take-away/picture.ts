import arabicFont from '@fontsource-variable/vazirmatn/files/vazirmatn-arabic-wght-normal.woff2?url';
import latinFont from '@fontsource-variable/vazirmatn/files/vazirmatn-latin-wght-normal.woff2?url';
import type { Language } from '../url-state.js';
import { drawnMapAsSvg } from './drawn-map-picture.js';
import { tilesAsSvg } from './tiles-picture.js';

export type PictureText = {
  readonly title: string;
  readonly language: Language;
  /** Source, release and hash: a line each, below the drawing. */
  readonly notes: readonly string[];
};

export type Picture = { readonly svg: string; readonly width: number; readonly height: number };

const family = 'Vazirmatn Variable';
const edge = 20;
const titleSize = 18;
const noteSize = 11;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The text in lines that are no wider than `width`. */
const wrapped = (text: string, width: number, font: string): readonly string[] => {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) return [text];
  context.font = font;
  const lines: string[] = [];
  let line = '';
  const fits = (one: string): boolean => context.measureText(one).width <= width;
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (fits(longer)) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    // a hash has no place to be broken at
    while (!fits(line) && line.length > 8) {
      const half = Math.ceil(line.length / 2);
      lines.push(line.slice(0, half));
      line = line.slice(half);
    }
  }
  return [...lines, line];
};

const base64Of = async (address: string): Promise<string> => {
  const bytes = new Uint8Array(await (await fetch(address)).arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000)
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
};

/** A picture stands alone: it carries the letters that it is written with. */
const fontFaces = async (): Promise<string> => {
  const faces = await Promise.all(
    [arabicFont, latinFont].map(
      async (address) =>
        `@font-face{font-family:"${family}";font-weight:100 900;src:url(data:font/woff2;base64,${await base64Of(address)}) format("woff2");}`,
    ),
  );
  // the two files share a family: each is looked in for the letters that the other does not have
  const [arabic = '', latin = ''] = faces;
  return (
    arabic.replace('}', 'unicode-range:U+0600-06FF,U+0750-077F,U+200C-200F,U+FB50-FDFF,U+FE70-FEFC;}') +
    latin.replace('}', 'unicode-range:U+0000-00FF,U+2000-200B,U+2010-206F,U+20AC,U+2122,U+2191-2193,U+2212;}')
  );
};

const colourOf = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const line = (
  text: string,
  y: number,
  width: number,
  language: Language,
  style: { readonly size: number; readonly weight: number; readonly fill: string },
): string => {
  const persian = language === 'fa';
  return (
    `<text x="${persian ? width - edge : edge}" y="${y}" direction="${persian ? 'rtl' : 'ltr'}" text-anchor="start" ` +
    `font-size="${style.size}" font-weight="${style.weight}" fill="${style.fill}">${escaped(text)}</text>`
  );
};

type Drawn = { readonly markup: string; readonly width: number; readonly height: number };

/** What stands on the page as SVG that needs nothing of the page. */
const drawnIn = (drawn: Element): Drawn => {
  if (!(drawn instanceof SVGSVGElement)) return tilesAsSvg(drawn);
  if (drawn.matches('.drawn-map')) return drawnMapAsSvg(drawn);
  const { width, height } = drawn.getBoundingClientRect();
  const copy = drawn.cloneNode(true) as SVGSVGElement;
  copy.removeAttribute('style');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  copy.setAttribute('direction', 'ltr');
  return { markup: new XMLSerializer().serializeToString(copy), width, height };
};

type LegendEntry = { readonly mark: string; readonly text: string };

/** The mark of a line or class, drawn anew from how it looks on the page. */
const markOf = (entry: Element): string => {
  const svg = entry.querySelector('svg');
  if (svg !== null) {
    const copy = svg.cloneNode(true) as SVGSVGElement;
    copy.setAttribute('width', '28');
    copy.setAttribute('height', '12');
    return new XMLSerializer().serializeToString(copy);
  }
  const swatch = entry.querySelector('.swatch, .map-swatch');
  if (swatch === null) return '';
  const style = getComputedStyle(swatch);
  if (swatch.matches('[data-missing]'))
    return `<rect x="6" y="0" width="16" height="12" rx="2" fill="url(#missing)" stroke="${colourOf('--field')}"/>`;
  if (swatch.matches('.map-swatch'))
    return `<rect x="6" y="0" width="16" height="12" rx="2" fill="${style.backgroundColor}" stroke="${colourOf('--field')}"/>`;
  const colour = style.borderTopColor;
  switch (swatch.getAttribute('data-line')) {
    case 'mark':
      return `<path d="M14 0l6 6-6 6-6-6z" fill="none" stroke="${colour}" stroke-width="2"/>`;
    case 'provisional':
      return `<circle cx="14" cy="6" r="5" fill="none" stroke="${colour}" stroke-width="2"/>`;
    case 'now':
      return `<path d="M1 6h26" stroke="${colour}" stroke-width="2" stroke-dasharray="6 4"/>`;
    default:
      return `<path d="M1 6h26" stroke="${colour}" stroke-width="3"/>`;
  }
};

const legendBeside = (drawn: Element): readonly LegendEntry[] =>
  [...(drawn.closest('section, .card')?.querySelectorAll('.legend li, .map-legend li') ?? [])].map(
    (entry) => ({ mark: markOf(entry), text: (entry.textContent ?? '').trim() }),
  );

/** What the figures are of: the range and the unit, as the card says below its heading. */
const subtitleBeside = (drawn: Element): string =>
  (
    drawn.closest('section, .card')?.querySelector('.card-heading .faint, .map-legend .faint')?.textContent ??
    ''
  ).trim();

const legendLines = (
  entries: readonly LegendEntry[],
  from: number,
  width: number,
  language: Language,
  fill: string,
): string =>
  entries
    .map(({ mark, text }, at) => {
      const persian = language === 'fa';
      const y = from + at * 20;
      const markAt = persian ? width - edge - 28 : edge;
      const textAt = persian ? width - edge - 36 : edge + 36;
      return (
        `<g transform="translate(${markAt} ${y})">${mark}</g>` +
        `<text x="${textAt}" y="${y + 10}" direction="${persian ? 'rtl' : 'ltr'}" text-anchor="start" font-size="12" fill="${fill}">${escaped(text)}</text>`
      );
    })
    .join('');

/** The drawing as it stands on the page, with its title and legend, and where it comes from below it. */
export const pictureOf = async (drawn: Element, text: PictureText): Promise<Picture> => {
  const { markup, width: inner, height: innerHeight } = drawnIn(drawn);
  const width = Math.ceil(Math.max(inner, 360)) + 2 * edge;
  const [ink, soft, surface] = ['--ink', '--soft', '--surface'].map(colourOf) as [string, string, string];
  const titles = wrapped(text.title, width - 2 * edge, `650 ${titleSize}px "${family}"`);
  const legend = legendBeside(drawn);
  const notes = text.notes.flatMap((note) =>
    wrapped(note, width - 2 * edge, `400 ${noteSize}px "${family}"`),
  );
  const subtitle = wrapped(subtitleBeside(drawn), width - 2 * edge, `400 13px "${family}"`);
  const subtitleTop = edge + titles.length * 28;
  const legendTop = subtitleTop + subtitle.length * 20;
  const drawnTop = legendTop + legend.length * 20 + 12;
  const notesTop = drawnTop + innerHeight + 24;
  const height = Math.ceil(notesTop + notes.length * 18 + edge / 2);
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="'${family}', Vazirmatn, Tahoma, sans-serif" xml:lang="${text.language}">`,
    `<title>${escaped(text.title)}</title><desc>${escaped(text.notes.join(' '))}</desc>`,
    `<style>${await fontFaces()}</style>`,
    `<rect width="${width}" height="${height}" fill="${surface}"/>`,
    ...titles.map((one, at) =>
      line(one, edge + titleSize + at * 28, width, text.language, {
        size: titleSize,
        weight: 650,
        fill: ink,
      }),
    ),
    ...subtitle.map((one, at) =>
      line(one, subtitleTop + 12 + at * 20, width, text.language, { size: 13, weight: 400, fill: soft }),
    ),
    legendLines(legend, legendTop + 4, width, text.language, soft),
    `<g transform="translate(${(width - inner) / 2} ${drawnTop})">${markup}</g>`,
    ...notes.map((note, at) =>
      line(note, notesTop + at * 18, width, text.language, { size: noteSize, weight: 400, fill: soft }),
    ),
    '</svg>',
  ];
  return { svg: parts.join('\n'), width, height };
};

const sharpness = 2;

/** The picture as pixels, twice as fine as on the page. */
export const pngOf = async ({ svg, width, height }: Picture): Promise<Blob> => {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = width * sharpness;
    canvas.height = height * sharpness;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob(
        (made) => (made === null ? reject(new Error('no picture was made')) : resolve(made)),
        'image/png',
      ),
    );
  } finally {
    URL.revokeObjectURL(address);
  }
};
