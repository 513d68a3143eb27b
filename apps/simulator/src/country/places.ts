import { countiesOf, provinces, type Province } from '../provinces.js';
import type { Random } from '../random.js';

const countyOf = (random: Random, province: Province): string => {
  const number = Math.min(random.between(1, countiesOf(province)), random.between(1, countiesOf(province)));
  return `IR:${province.digits}${String(number).padStart(2, '0')}`;
};

/** Where something lies: a county or the province; now and then elsewhere, or only "in the country". */
export const placeIn = (random: Random, home: Province): string => {
  if (random.chance(0.003)) return 'IR';
  const province = random.chance(0.02) ? random.pick(provinces) : home;
  return random.chance(0.5) ? countyOf(random, province) : `IR-${province.digits}`;
};
