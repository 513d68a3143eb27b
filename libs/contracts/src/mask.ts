/** So much of a value's shape is shown; the rest is only counted. */
const SHOWN = 24;

const shapeOf = (character: string): string => {
  if (/\p{Nd}/u.test(character)) return '#';
  if (/\p{L}/u.test(character)) return 'x';
  return /[-.,:/+_# ]/.test(character) ? character : '?';
};

const shapesOf = (text: string): string => {
  const characters = [...text.slice(0, 2 * SHOWN + 2)];
  const [first = '', ...rest] = characters.slice(0, SHOWN);
  const shown = characters.length >= 4 && /[\p{L}\p{Nd}]/u.test(first) ? first : first && shapeOf(first);
  const end = characters.length > SHOWN ? `…(${text.length})` : '';
  return shown + rest.map(shapeOf).join('') + end;
};

/** A value that was masked and cut before, and how long it had been. */
const wasCut = /^(.{24})(…\(\d{1,8}\))$/su;

/**
 * What may be shown of a refused value: its first character when it has four or more, and the
 * shape of the rest (`#` digit, `x` letter, `?` anything unusual). A long value is cut, with its
 * length behind it. Null stays null, and of an object or list only its kind is told. Everything is
 * masked alike: whether a field holds personal data is not for an error text to decide. A masked
 * value is masked to itself.
 */
export const maskValue = (value: unknown): string | null => {
  if (value === null || value === undefined) return null;
  if (typeof value === 'object') return Array.isArray(value) ? '[…]' : '{…}';
  if (value === '[…]' || value === '{…}') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return shapesOf(String(value));
  if (typeof value !== 'string') return '?';
  const [, head, length = ''] = value.length < 2 * SHOWN ? (wasCut.exec(value) ?? []) : [];
  return shapesOf(head ?? value) + length;
};

/** A name with more digits may hold an identifier. */
const MOST_DIGITS = 7;
const LONGEST_NAME = 60;

/**
 * A name that came from outside (a field, a column) as it may be shown: short, printable, and without
 * its digits when it has so many that an identifier could stand in it.
 */
export const maskName = (name: string): string => {
  const printable = name.slice(0, 2 * LONGEST_NAME).replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, '?');
  let shown = '';
  for (const character of printable) if (shown.length + character.length <= LONGEST_NAME) shown += character;
  const digits = name.match(/\p{N}/gu)?.length ?? 0;
  return digits > MOST_DIGITS ? shown.replace(/\p{N}/gu, '#') : shown;
};
