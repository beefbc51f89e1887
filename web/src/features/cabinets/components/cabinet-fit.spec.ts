import { describe, expect, it } from '@jest/globals';
import { fitFilter, freeRunAt, hasRunFor } from './cabinet-fit';

const server = { heightUnits: 2, powerW: 750, weightGrams: 28_000 };
const runs = { longestFreeRunUnits: 1, longestFreeFrontUnits: 2, longestFreeRearUnits: 1.5 };
const untold = { longestFreeRunUnits: null, longestFreeFrontUnits: null, longestFreeRearUnits: null };

describe('a cabinet for a thing', () => {
  it('is asked for with the units, the watts and the grams of the thing', () => {
    expect(fitFilter(server, 'BOTH')).toEqual({
      minimumFreeUnits: 2,
      minimumFreeWatts: 750,
      minimumFreeGrams: 28_000,
    });
  });

  it('is not asked for a piece of full depth where the thing takes one face', () => {
    expect(fitFilter({ ...server, powerW: null }, 'FRONT')).toEqual({
      minimumFreeUnits: null,
      minimumFreeWatts: null,
      minimumFreeGrams: 28_000,
    });
  });

  it('has the run of the face on which the thing would stand', () => {
    expect(freeRunAt(runs, 'REAR')).toBe(1.5);
    expect((['BOTH', 'FRONT', 'REAR'] as const).map((face) => hasRunFor(runs, server, face))).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('is not dropped by what the viewer is not told', () => {
    expect(hasRunFor(untold, server, 'BOTH')).toBe(true);
  });
});
