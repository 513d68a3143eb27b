import type { Label } from '@karnama/kernel';
import type { Code } from './code.js';
import { unknownLabel } from './code.js';
import { countries } from './countries.js';

/** All countries, states and provinces with their unknown states; counties and municipalities are not listed. */
export const areas: readonly Code[] = countries.flatMap((country): readonly Code[] => [
  { code: country.code, name: country.name, level: 'country' },
  ...country.states.map(({ code, name }) => ({ code, name, parent: country.code, level: 'state' })),
  { code: `${country.code}-_U`, name: unknownIn(country.name), parent: country.code, level: 'state' },
]);

const names = new Map(areas.map(({ code, name }) => [code, name]));

/**
 * The name of an area. An unknown child carries its parent's name («نامشخص (برزیل)»); an area without a
 * known name is labelled by its code. Never throws.
 */
export const areaLabel = (code: string): Label => {
  const name = names.get(code);
  if (name !== undefined) return name;
  if (!code.endsWith(':_U')) return { fa: code, en: code };
  const state = code.slice(0, -3);
  const parent = names.get(state) ?? { fa: state, en: state };
  // The unknown place of an unknown state is called as that state is: saying it twice tells nothing more.
  return state.endsWith('-_U') ? parent : unknownIn(parent);
};

function unknownIn(parent: Label): Label {
  return {
    fa: `${unknownLabel.fa} (${parent.fa})`,
    en: `${unknownLabel.en} (${parent.en})`,
    ...(parent.pt === undefined ? {} : { pt: `${unknownLabel.pt ?? unknownLabel.en} (${parent.pt})` }),
  };
}
