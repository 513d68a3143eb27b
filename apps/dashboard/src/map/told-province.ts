import { figureText, reasonText, type Described } from '../figure-text.js';
import type { IndicatorRow } from '../indicator-api.js';
import { useFormats, useText } from '../language.js';
import type { Classes } from './classes.js';

/** What a map tells of a province, whichever way it is drawn. */
export type ToldProvince = {
  /** Its name and figure, or why there is none. */
  readonly told: string;
  readonly figure: string;
  /** Marks for the style sheet: its class, or that there is no figure. */
  readonly marks: Readonly<Record<`data-${string}`, number | true>>;
};

/** Tells the provinces of a map. */
export const useToldProvince = (of: Described, classes: Classes) => {
  const formats = useFormats();
  const text = useText();
  return (name: string, row: IndicatorRow | undefined): ToldProvince => {
    const value = row?.value ?? null;
    const figure =
      value === null ? reasonText(row?.reason ?? 'no-data', text) : figureText(value, of, formats, text);
    return {
      told: text('map.tile', { name, value: figure }),
      figure,
      marks:
        value === null
          ? { 'data-missing': true }
          : { 'data-class': classes.of(value), 'data-of': classes.bounds.length },
    };
  };
};
