import type { Described } from '../figure-text.js';
import type { IndicatorRow } from '../indicator-api.js';
import type { Classes } from './classes.js';

/** What both drawings of the provinces are made from. */
export type MapDrawing = {
  readonly byArea: ReadonlyMap<string | null | undefined, IndicatorRow>;
  readonly classes: Classes;
  readonly of: Described;
  readonly nameOf: (code: string) => string;
  readonly chosen: string | undefined;
  readonly onChoose: (area: string) => void;
};
