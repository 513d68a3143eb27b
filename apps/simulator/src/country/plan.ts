import { provinces, shareOf, type Province } from '../provinces.js';
import type { Country } from './options.js';

/** Full size: jobs, industrial units and industrial estates of the country at scale 1. */
export const fullSize = { jobs: 24_000_000, units: 90_000, estates: 970 } as const;

/** Jobs of a chunk, at most: what is in memory at a time. */
const jobsPerChunk = 3000;

/** A part of a province that is simulated by itself: its people work, and its employers have workshops, in it. */
export type Chunk = {
  /** Unique in the country. */
  readonly index: number;
  readonly province: Province;
  readonly jobs: number;
  readonly units: number;
  readonly estates: number;
};

/** A country too small for its share still has some units, and an estate for about every province. */
const least = { units: 310, estates: 31 } as const;

/** The chunks of the country; their sizes add up to the full size times the scale (and to no less than the least). */
export const chunksOf = ({ scale }: Country): readonly Chunk[] => {
  const units = Math.max(fullSize.units * scale, least.units);
  const estates = Math.max(fullSize.estates * scale, least.estates);
  const chunks: Chunk[] = [];
  let done = 0;
  const portion = (total: number, share: number): number =>
    Math.round(total * (done + share)) - Math.round(total * done);
  for (const province of provinces) {
    const count = Math.max(1, Math.ceil((fullSize.jobs * scale * shareOf(province)) / jobsPerChunk));
    const share = shareOf(province) / count;
    for (let i = 0; i < count; i += 1) {
      chunks.push({
        index: chunks.length,
        province,
        jobs: portion(fullSize.jobs * scale, share),
        units: portion(units, share),
        estates: portion(estates, share),
      });
      done += share;
    }
  }
  return chunks;
};
