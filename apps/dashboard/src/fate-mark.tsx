import { Text } from './language.js';
import type { Fate } from './revision.js';

/** Says in words what became of a figure; an unchanged one needs no mark. */
export const FateMark = ({ fate }: { fate: Fate }) =>
  fate === 'same' ? null : (
    <span className="mark" data-fate={fate}>
      <Text of={`fate.${fate}`} />
    </span>
  );
