import type { Release } from '../api.js';
import { useFormats, useText } from '../language.js';
import { kindOf } from './position.js';

/** Says a position in words: now, the release of a month, the end of a day. */
export const usePositionName = (
  releases: readonly Release[] | undefined,
): ((position: string | undefined) => string) => {
  const formats = useFormats();
  const text = useText();
  return (position) => {
    switch (kindOf(position, releases ?? [])) {
      case 'latest':
        return text('position.now');
      case 'release':
        return text('position.release', { name: formats.release(position ?? '') });
      case 'day':
        return text('position.day', { day: formats.release(position ?? '') });
    }
  };
};
