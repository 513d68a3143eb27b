import { describe, expect, it } from '@jest/globals';
import { calibrate, confidenceOf } from './calibration.js';

const outcome = (share: number, right: boolean) => ({ share, right });

describe('confidence', () => {
  it('is the part that was right, drawn a little towards one half', () => {
    const calibration = calibrate([
      ...Array.from({ length: 10 }, (_, at) => outcome(0.2, at < 1)),
      ...Array.from({ length: 10 }, (_, at) => outcome(0.9, at < 9)),
    ]);
    expect(calibration).toEqual([
      { from: 0.2, confidence: 2 / 12 },
      { from: 0.9, confidence: 10 / 12 },
    ]);
    expect(confidenceOf(calibration, 0.1)).toBe(2 / 12);
    expect(confidenceOf(calibration, 0.2)).toBe(2 / 12);
    expect(confidenceOf(calibration, 0.89)).toBe(2 / 12);
    expect(confidenceOf(calibration, 0.9)).toBe(10 / 12);
    expect(confidenceOf(calibration, 1)).toBe(10 / 12);
  });

  it('never falls as the share grows: neighbours that disagree are put together', () => {
    const calibration = calibrate([
      outcome(0.1, false),
      outcome(0.3, true),
      outcome(0.5, false),
      outcome(0.7, true),
    ]);
    expect(calibration.map(({ from }) => from)).toEqual([0.1, 0.3, 0.7]);
    const confidences = calibration.map(({ confidence }) => confidence);
    expect(confidences).toEqual([...confidences].sort((a, b) => a - b));
    expect(confidenceOf(calibration, 0.6)).toBe(0.5);
  });

  it('is 0 when nothing was ever judged', () => {
    expect(confidenceOf(calibrate([]), 0.9)).toBe(0);
  });
});
