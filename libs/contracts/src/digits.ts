/** Persian and Arabic digits as Latin ones; all other characters as they are. */
export const latinDigits = (text: string): string =>
  // eslint-disable-next-line no-control-regex -- the cheap question whether there is anything to do
  /^[\x00-\x7f]*$/.test(text)
    ? text
    : text.replace(/[۰-۹٠-٩]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));
