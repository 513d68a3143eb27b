import { parseMonth, type Calendar, type Month } from '@karnama/kernel';

/**
 * The last month that cells are kept for. An open job goes on turning older for decades; what it will be
 * counted as then is nobody's figure yet, and four fifths of all cells. To move the month is a new
 * version of every dataflow, built by a rebuild: once in some years.
 */
export const keptThrough: Readonly<Record<Calendar, Month>> = {
  jalali: parseMonth('1410-12'),
  gregorian: parseMonth('2031-12'),
};
