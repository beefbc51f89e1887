import { describe, expect, it } from '@jest/globals';
import { type SlotPoint, slotsOf } from './signal-slots';

const NOW = Date.parse('2026-11-30T08:00:00.000Z');
const point = (minutesAgo: number, value: number, minutes = 5): SlotPoint => ({
  ...{ startsAt: new Date(NOW - minutesAgo * 60_000).toISOString(), minutes, readings: 2 },
  ...{ least: value, most: value, mean: value },
});

describe('slotsOf', () => {
  it('leaves a gap where nothing was read, and ends now', () => {
    const slots = slotsOf([point(30, 1), point(25, 2), point(5, 3)], 24, NOW);
    expect(slots.map((slot) => slot?.most ?? null)).toEqual([1, 2, null, null, null, 3]);
  });

  it('joins what does not fit on a screen, keeping the most of it', () => {
    const many = Array.from({ length: 2_016 }, (_, at) => point((2_016 - at) * 5, at === 1_000 ? 99 : 1));
    const slots = slotsOf(many, 7 * 24, NOW);
    expect(slots.length).toBeLessThanOrEqual(361);
    expect(Math.max(...slots.map((slot) => slot?.most ?? 0))).toBe(99);
    expect(slots.every((slot) => slot !== null)).toBe(true);
  });

  it('fills each slot of an hour that was rolled up', () => {
    const slots = slotsOf([point(120, 7, 60), point(60, 1)], 24, NOW);
    expect(slots.slice(0, 13).map((slot) => slot?.most)).toEqual([...Array(12).fill(7), 1]);
  });

  it('has nothing to draw of nothing', () => expect(slotsOf([], 24, NOW)).toEqual([]));
});
