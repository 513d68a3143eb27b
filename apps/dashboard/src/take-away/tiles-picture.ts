import { hatch } from './hatch.js';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const textOf = (tile: Element, selector: string, ground: DOMRect): string => {
  const written = tile.querySelector(selector);
  if (written === null) return '';
  const box = written.getBoundingClientRect();
  const style = getComputedStyle(written);
  const size = Number.parseFloat(style.fontSize);
  const x = box.left - ground.left + box.width / 2;
  const y = box.top - ground.top + box.height / 2 + size * 0.35;
  return `<text x="${x}" y="${y}" text-anchor="middle" direction="${style.direction}" font-size="${size}" font-weight="${style.fontWeight}" fill="${style.color}">${escaped(written.textContent ?? '')}</text>`;
};

/** The tiles of a map, which are elements of the page, as SVG: each where it stands and as it looks. */
export const tilesAsSvg = (
  grid: Element,
): { readonly markup: string; readonly width: number; readonly height: number } => {
  const ground = grid.getBoundingClientRect();
  const tiles = [...grid.querySelectorAll('.map-tile')].map((tile) => {
    const box = tile.getBoundingClientRect();
    const style = getComputedStyle(tile);
    const place = `x="${box.left - ground.left}" y="${box.top - ground.top}" width="${box.width}" height="${box.height}" rx="4"`;
    const missing = tile.hasAttribute('data-missing') ? `<rect ${place} fill="url(#missing)"/>` : '';
    const face = `<rect ${place} fill="${style.backgroundColor}" stroke="${style.borderTopColor}"/>`;
    return face + missing + textOf(tile, '.map-name', ground) + textOf(tile, '.map-value', ground);
  });
  return { markup: `<defs>${hatch}</defs>${tiles.join('')}`, width: ground.width, height: ground.height };
};
