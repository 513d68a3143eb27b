import { latinDigits } from './digits.js';

const digitAt = (text: string, at: number): number => text.charCodeAt(at) - 48;

const areEqual = (text: string): boolean => /^(\d)\1*$/.test(text);

/**
 * Whether ten Latin digits can be the national id of a person (کد ملی): the last one is the check digit of the
 * others, weighted 10 to 2 modulo 11. No proof of identity: one number in eleven passes.
 * The first three digits are not looked at, since lists of them have refused real ids.
 */
export const isNationalId = (text: string): boolean => {
  if (!/^\d{10}$/.test(text) || areEqual(text) || text.slice(3, 9) === '000000') return false;
  let sum = 0;
  for (let at = 0; at < 9; at += 1) sum += digitAt(text, at) * (10 - at);
  const rest = sum % 11;
  return digitAt(text, 9) === (rest < 2 ? rest : 11 - rest);
};

const weights = [29, 27, 23, 19, 17] as const;

/** Whether eleven Latin digits can be the id of a legal entity (شناسه ملی), by its check digit. */
export const isLegalEntityId = (text: string): boolean => {
  if (!/^\d{11}$/.test(text) || text.slice(3, 9) === '000000') return false;
  const shift = digitAt(text, 9) + 2;
  let sum = 0;
  for (let at = 0; at < 10; at += 1) sum += (digitAt(text, at) + shift) * (weights[at % 5] ?? 0);
  return digitAt(text, 10) === (sum % 11) % 10;
};

/** Whether the text is ten Latin digits, not all equal: what is known of postal codes and workshop codes alike. */
const isTenDigits = (text: string): boolean => /^\d{10}$/.test(text) && !areEqual(text);

/** Whether the text can be a postal code (کد پستی), which has no check digit. */
export const isPostalCode = isTenDigits;

/** Whether the text can be the code of a workshop at the social security (کد کارگاه), which has no check digit. */
export const isWorkshopCode = isTenDigits;

/** Ten digits that stand alone: in one piece, written 3-6-1 as on the card, or one by one. */
const written = /(?<!\d)(?:\d{10}|\d{3}([-. ])\d{6}\1\d|(?:\d[-. ]){9}\d)(?!\d)/g;

/** Hex digits of a digest: ten of them may be decimal ones by chance. */
const digest = /^[0-9a-f]{32}(?:[0-9a-f]{32})?(?![0-9a-f])/;

/** Cheap for the texts that occur: most have no ten digits at all. */
const mayHoldTen = /[\d۰-۹٠-٩](?:[-. ]?[\d۰-۹٠-٩]){9}/;

const eachNationalId = (text: string, change: (id: string) => string): string => {
  if (!mayHoldTen.test(text)) return text;
  const head = digest.exec(text)?.[0] ?? '';
  const rest = latinDigits(text.slice(head.length));
  const changed = rest.replace(written, (found) =>
    isNationalId(found.replace(/\D/g, '')) ? change(found) : found,
  );
  return changed === rest ? text : head + changed;
};

/**
 * Whether a national id stands anywhere in the text, in digits of any script: in one piece, written
 * 3-6-1 as on the card, or digit by digit with blanks, points or dashes. A digest at its head is not looked at.
 */
export const holdsNationalId = (text: string): boolean => eachNationalId(text, () => '') !== text;

/** The text with `#` for each digit of the national ids that stand in it (as `holdsNationalId` finds them). */
export const withoutNationalIds = (text: string): string =>
  eachNationalId(text, (id) => id.replace(/\d/g, '#'));
