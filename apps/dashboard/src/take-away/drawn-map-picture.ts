import { hatch } from './hatch.js';

/** What the style sheet says of shapes and words; a picture has no style sheet. */
const said = [
  ...['fill', 'stroke', 'stroke-width', 'stroke-linejoin', 'paint-order'],
  ...['font-size', 'font-weight', 'font-style', 'text-anchor', 'dominant-baseline', 'direction'],
] as const;

const paint = (original: Element, copy: Element): void => {
  const style = getComputedStyle(original);
  for (const name of said) copy.setAttribute(name, style.getPropertyValue(name));
};

/** What only a reader at the screen has use for. */
const ofThePage = ['class', 'role', 'tabindex', 'aria-label', 'aria-pressed', 'aria-hidden', 'style'];

/** The drawn map of the page as SVG that needs nothing of the page: every shape as it looks. */
export const drawnMapAsSvg = (
  map: SVGSVGElement,
): { readonly markup: string; readonly width: number; readonly height: number } => {
  const { width, height } = map.getBoundingClientRect();
  const copy = map.cloneNode(true) as SVGSVGElement;
  const originals = [...map.querySelectorAll('path, text')];
  for (const [at, one] of [...copy.querySelectorAll('path, text')].entries()) {
    const original = originals[at];
    if (original === undefined) continue;
    paint(original, one);
    if (original.matches('[data-missing] > path')) one.setAttribute('fill', 'url(#missing)');
  }
  for (const passing of copy.querySelectorAll('defs, .map-pointed, .map-focused')) passing.remove();
  for (const one of [copy, ...copy.querySelectorAll('*')])
    for (const name of ofThePage) one.removeAttribute(name);
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  return { markup: `<defs>${hatch}</defs>${new XMLSerializer().serializeToString(copy)}`, width, height };
};
