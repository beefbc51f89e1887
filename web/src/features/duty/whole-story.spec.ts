import { expect, it } from '@jest/globals';
import { withNewest } from './whole-story';

const line = (minute: number) => ({ at: `2026-12-01T00:0${minute}:00.000Z` });

it('shows what came after the whole story was fetched, and no line twice', () => {
  const newest = [line(2), line(3), line(4)];
  expect(withNewest(undefined, newest)).toEqual(newest);
  expect(withNewest([], newest)).toEqual(newest);
  expect(withNewest([line(0), line(1), line(2), line(3)], newest)).toEqual([0, 1, 2, 3, 4].map(line));
  expect(withNewest([line(0), line(4)], newest)).toEqual([line(0), line(4)]);
});
