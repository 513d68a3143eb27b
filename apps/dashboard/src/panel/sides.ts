/** Where a bar begins and how long it is, in percent of the box; zero lies in the middle. */
export const sidesOf = (
  value: string,
  all: readonly string[],
): { readonly start: number; readonly width: number; readonly negative: boolean } => {
  const most = Math.max(...all.map((one) => Math.abs(Number(one))));
  const size = most === 0 ? 0 : (Math.abs(Number(value)) / most) * 50;
  const negative = Number(value) < 0;
  return { start: negative ? 50 - size : 50, width: size, negative };
};
