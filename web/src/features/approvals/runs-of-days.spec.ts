import { describe, expect, it } from '@jest/globals';
import { runsOf } from './runs-of-days';

describe('runsOf', () => {
  it('joins days that follow each other and are called the same, in any order they came', () => {
    expect(
      runsOf([
        { day: '2026-10-02', kind: 'HOLIDAY', name: '国庆节' },
        { day: '2026-09-30', kind: 'HOLIDAY', name: '国庆节' },
        { day: '2026-10-01', kind: 'HOLIDAY', name: '国庆节' },
        { day: '2026-10-03', kind: 'WORKING', name: '国庆节' },
        { day: '2026-10-05', kind: 'WORKING', name: '国庆节' },
      ]),
    ).toEqual([
      { from: '2026-09-30', to: '2026-10-02', kind: 'HOLIDAY', name: '国庆节' },
      { from: '2026-10-03', to: '2026-10-03', kind: 'WORKING', name: '国庆节' },
      { from: '2026-10-05', to: '2026-10-05', kind: 'WORKING', name: '国庆节' },
    ]);
  });
});
