import { describe, expect, it } from '@jest/globals';
import { hundredthsOf, percentText, pointsText } from './words';

describe('hundredths of a percent', () => {
  it('are read as people write percents, and written back the same', () => {
    expect(['0', '12.5', '99.99', '100', '10000'].map(hundredthsOf)).toEqual([0, 1_250, 9_999, 10_000, 1_000_000]);
    expect(['', '-1', '1.234', '1e3', '12,5'].map(hundredthsOf)).toEqual([null, null, null, null, null]);
    expect([percentText(4_125, '–'), percentText(10_000, '–'), percentText(null, '–')]).toEqual([
      '41.25%',
      '100%',
      '–',
    ]);
    expect([pointsText(8_750), pointsText(9_000)]).toEqual(['87.50', '90.00']);
  });
});
