import { useQuery } from '@tanstack/react-query';
import type { Dimension } from './api.js';
import { useFormats, useText } from './language.js';
import { dataflowQuery } from './queries.js';
import { agencyName, recordKind } from './record-names.js';

export type DimensionNames = {
  readonly ofDimension: (code: string) => string;
  readonly ofCode: (dimension: string, code: string) => string;
  /** Codes in the order of their list; undefined when the list is not known. */
  readonly orderOf: (dimension: string) => readonly string[] | undefined;
};

const named = { agency: agencyName, contract: recordKind } as const;

/** Names of the dimensions and codes of an indicator, from the first of its dataflows that can be asked. */
export const useDimensionNames = (dataflows: readonly string[] | undefined): DimensionNames => {
  const formats = useFormats();
  const text = useText();
  // what the intake received is told by agency and contract, as the deliveries are
  const dataflow = dataflows?.find((code) => code !== 'INTAKE') ?? 'DELIVERY';
  const { data } = useQuery({ ...dataflowQuery(dataflow), enabled: dataflows !== undefined });
  const find = (code: string): Dimension | undefined => data?.dimensions.find((one) => one.code === code);
  return {
    ofDimension: (code) => {
      // the registers know areas down to the province
      if (code === 'area') return text('rank.province');
      const dimension = find(code);
      return dimension === undefined ? code : formats.name(dimension.name);
    },
    ofCode: (dimension, code) => {
      if (dimension === 'agency' || dimension === 'contract') return formats.name(named[dimension](code));
      const entry = find(dimension)?.codes.find((one) => one.code === code);
      return entry === undefined ? code : formats.name(entry.name);
    },
    orderOf: (dimension) => find(dimension)?.codes.map(({ code }) => code),
  };
};
