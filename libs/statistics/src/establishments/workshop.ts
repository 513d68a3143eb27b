import { countryOf, sectionOf, stateOf, unknown } from '@karnama/classifications';
import { lastDayOf, monthOfDay, type Calendar, type Month } from '@karnama/kernel';
import { placeOn, placesOf, transfersOf, type Transfer, type WorkshopPlace } from '@karnama/registers';
import { workshopTotals, type EstablishmentState } from './establishment-state.js';

/** Codes of area and industry; the same array for the same two. */
export type Cell = readonly [area: string, industry: string];

const cells = new Map<string, Map<string, Cell>>();

/** Sections are a few dozen and states some hundred: all of them stay. */
const sameCell = (area: string, industry: string): Cell => {
  let ofArea = cells.get(area);
  if (ofArea === undefined) cells.set(area, (ofArea = new Map<string, Cell>()));
  let cell = ofArea.get(industry);
  if (cell === undefined) ofArea.set(industry, (cell = [area, industry]));
  return cell;
};

/** Country of workshops of which no area is known. */
const homeCountry = 'IR';

/** Where the workshop is counted on the last day of a month. */
export type Location = {
  /** Months in which it may be another than in the month before. */
  readonly turns: readonly Month[];
  at(month: Month): Cell;
};

export const locationOf = (state: EstablishmentState, calendar: Calendar): Location => {
  const places = placesOf(state.own);
  if (places.length === 0) {
    const nowhere = sameCell(`${countryOfJobs(state)}-${unknown}`, unknown);
    return { turns: [], at: () => nowhere };
  }
  if (places.length === 1) {
    const only = cellOf(places[0] as WorkshopPlace);
    return { turns: [], at: () => only };
  }
  return {
    turns: places.slice(1).map(({ day }) => monthOfDay(day, calendar)),
    at: (month) => cellOf(placeOn(places, lastDayOf(month)) as WorkshopPlace),
  };
};

const cellOf = ({ area, industry }: WorkshopPlace): Cell => sameCell(stateOf(area), sectionOf(industry));

/** The country that the spells name; of several the first by code. */
const countryOfJobs = (state: EstablishmentState): string => {
  const [first = homeCountry] = [...workshopTotals(state).countries.keys()].sort();
  return countryOf(first);
};

/**
 * What went over from and to the workshop. A succession alone does not tell which of its two sides a
 * workshop is on; it waits until a spell or a place of the workshop is known.
 */
export const transfersOfWorkshop = (state: EstablishmentState): readonly Transfer[] => {
  const code = codeOf(state);
  return code === undefined ? [] : transfersOf(state.own, code);
};

const codeOf = (state: EstablishmentState): string | undefined => {
  for (const { fact, withdrawn } of state.own.values())
    if (fact !== null && fact.type !== 'EstablishmentSucceeded' && !withdrawn) return fact.establishment;
  const [named] = workshopTotals(state).employers.keys();
  return named;
};
