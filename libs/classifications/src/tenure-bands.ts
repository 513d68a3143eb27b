import type { DurationBand } from './durations.js';

/** Lower edges in full months; each band reaches to the next edge. */
const edges = [0, 3, 6, 12, 24, 36, 60, 120] as const;

const persian = (n: number): string =>
  String(n).replace(/\d/g, (digit) => String.fromCharCode(0x06f0 + Number(digit)));

/** Bands of the full months in a job: `M0T2` … `M60T119`, `M_GE120`. */
export const tenureBands: readonly DurationBand[] = edges.map((from, i) => {
  const to = edges[i + 1] ?? null;
  if (to === null)
    return {
      code: `M_GE${from}`,
      from,
      to,
      name: {
        fa: `${persian(from)} ماه و بیشتر`,
        en: `${from} months and over`,
        pt: `${from} meses ou mais`,
      },
    };
  return {
    code: `M${from}T${to - 1}`,
    from,
    to,
    name: {
      fa: `${persian(from)} تا ${persian(to - 1)} ماه`,
      en: `${from} to ${to - 1} months`,
      pt: `${from} a ${to - 1} meses`,
    },
  };
});

/** The band of a number of full months, 0 or more. */
export const tenureBandOf = (months: number): string => {
  let at = tenureBands.length - 1;
  while (at > 0 && (tenureBands[at] as DurationBand).from > months) at -= 1;
  return (tenureBands[at] as DurationBand).code;
};
