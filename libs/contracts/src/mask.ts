/** So much of a value's shape is shown; the rest is only counted. */
const SHOWN = 24;

const shapeOf = (character: string): string => {
  if (/\p{Nd}/u.test(character)) return '#';
  if (/\p{L}/u.test(character)) return 'x';
  return /[-.,:/+_ ]/.test(character) ? character : '?';
};

/**
 * What may be shown of a refused value: its first character when it has four or more, and the
 * shape of the rest (`#` digit, `x` letter, `?` anything unusual). A long value is cut, with its
 * length behind it. Null stays null, and of an object or list only its kind is told. Everything is
 * masked alike: whether a field holds personal data is not for an error text to decide.
 */
export const maskValue = (value: unknown): string | null => {
  if (value === null || value === undefined) return null;
  if (typeof value === 'object') return Array.isArray(value) ? '[…]' : '{…}';
  const text =
    typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : typeof value === 'string'
        ? value
        : '?';
  const characters = [...text.slice(0, 2 * SHOWN)].slice(0, SHOWN);
  const [first = '', ...rest] = characters;
  const open =
    text.length >= 4 && /[\p{L}\p{Nd}]/u.test(first) ? first : characters.slice(0, 1).map(shapeOf).join('');
  const shown = open + rest.map(shapeOf).join('');
  return text.length > shown.length && characters.length === SHOWN ? `${shown}…(${text.length})` : shown;
};
