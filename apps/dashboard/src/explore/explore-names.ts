import { useMemo } from 'react';
import type { Code, Dataflow } from '../api.js';
import { inReadingOrder } from '../areas.js';
import type { Formats } from '../formats.js';
import { useFormats, useText } from '../language.js';
import { agencyName, recordKind } from '../record-names.js';
import { dimensionOf } from './explore-view.js';
import type { PivotKey } from './pivot.js';

export type ExploreNames = {
  readonly ofDimension: (dimension: string) => string;
  readonly ofCode: (grouping: string, code: string) => string;
  readonly ofMeasure: (code: string) => string;
  /** A row or column by the names of its codes. */
  readonly ofKey: (groupings: readonly string[], key: PivotKey) => string;
  /** Place of a code in the list of its grouping; months by themselves. */
  readonly orderOf: (grouping: string, code: string) => number;
};

const configured = { agency: agencyName, contract: recordKind } as const;

const timeColumns: readonly string[] = ['month', 'declared', 'effective'];

export const isTime = (grouping: string): boolean => timeColumns.includes(grouping);

const nameOf = (dimension: string, entry: Code | undefined, code: string, formats: Formats): string => {
  if (dimension === 'agency' || dimension === 'contract') return formats.name(configured[dimension](code));
  return entry === undefined ? code : formats.name(entry.name);
};

/** Names of dimensions, codes and measures of a dataflow in the reader's language. */
export const useExploreNames = (dataflow: Dataflow): ExploreNames => {
  const formats = useFormats();
  const text = useText();
  return useMemo(() => {
    const lists = new Map(
      dataflow.dimensions.map(({ code, codes }) => [
        code,
        new Map(
          // places by name, the unknown one last; other lists have an order of their own
          (code === 'area' ? inReadingOrder(codes, formats) : codes).map(
            (entry, place) => [entry.code, { entry, place }] as const,
          ),
        ),
      ]),
    );
    const ofCode = (grouping: string, code: string): string => {
      if (isTime(grouping)) return formats.month(code);
      const dimension = dimensionOf(grouping);
      return nameOf(dimension, lists.get(dimension)?.get(code)?.entry, code, formats);
    };
    return {
      ofDimension: (dimension) => {
        if (dimension === 'month') return text('explore.month');
        const found = dataflow.dimensions.find(({ code }) => code === dimension);
        return found === undefined ? dimension : formats.name(found.name);
      },
      ofCode,
      ofMeasure: (code) => {
        const found = dataflow.measures.find((measure) => measure.code === code);
        return found === undefined ? code : formats.name(found.name);
      },
      ofKey: (groupings, key) => key.map((code, i) => ofCode(groupings[i] ?? '', code)).join(' · '),
      orderOf: (grouping, code) =>
        isTime(grouping) ? 0 : (lists.get(dimensionOf(grouping))?.get(code)?.place ?? Infinity),
    };
    // the words change with the formats
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [dataflow, formats]);
};
