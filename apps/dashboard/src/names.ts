import { useFormats } from './language.js';
import { areaDimension, type Selection } from './selection.js';

/** Names of what is shown, in the reader's language; a code where there is no name. */
export type Names = { readonly measure: string; readonly area: string; readonly unit: string };

/** The names of the selection's measure and area. */
export const useNames = (selection: Selection): Names => {
  const formats = useFormats();
  const measure = selection.dataflow.measures.find((one) => one.code === selection.measure);
  const area = areaDimension(selection.dataflow)?.codes.find((one) => one.code === selection.area);
  return {
    measure: measure === undefined ? selection.measure : formats.name(measure.name),
    area:
      area === undefined
        ? (selection.area ?? formats.name(selection.dataflow.name))
        : formats.name(area.name),
    unit: measure === undefined ? '' : formats.name(measure.unit),
  };
};
