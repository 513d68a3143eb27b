/**
 * Text as a reader searches for it: Arabic and Persian forms of a letter are one letter, and spaces,
 * zero-width joints, marks and the script of digits make no difference.
 */
export const searchText = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\u064a\u0649]/g, '\u06cc')
    .replace(/\u0643/g, '\u06a9')
    .replace(/[\u0629\u06c0\u06c1\u06d5]/g, '\u0647')
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0))
    // marks above letters, the lengthening stroke, joints and direction marks
    .replace(/[\p{M}\p{Cf}\u0640\s]/gu, '')
    .toLowerCase();

/** Whether a name or a code holds what was searched for. */
export const isFound = (searched: string, ...texts: readonly string[]): boolean => {
  const wanted = searchText(searched);
  return wanted === '' || texts.some((text) => searchText(text).includes(wanted));
};
