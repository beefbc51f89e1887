import { describe, expect, it } from '@jest/globals';
import { daysFrom, hoursOnDay, isOnDay, readRoster, timeOf } from './roster-table';

const known = {
  centers: [{ id: 'c1', name: '省政务云 A 中心' }],
  people: [
    { userId: 'u1', name: '张值班' },
    { userId: 'u2', name: '李同名' },
    { userId: 'u3', name: '李同名' },
  ],
  roles: [{ role: 'ENGINEER' as const, words: ['值班员', 'Engineer'] }],
};

describe('readRoster', () => {
  it('reads a pasted sheet with its head, and says of each line what it does not know', () => {
    const text = [
      '中心\t岗位\t姓名\t开始\t结束',
      '省政务云 A 中心\t值班员\t张值班\t2026-12-01 08:00\t2026/12/1 20:00',
      '省政务云 B 中心,值班员,李同名,2026-12-01 08:00,明天',
      '缺列',
      '',
    ].join('\n');
    expect(readRoster(text, known)).toEqual({
      rows: [
        {
          centerId: 'c1',
          role: 'ENGINEER',
          userId: 'u1',
          from: '2026-12-01T00:00:00.000Z',
          to: '2026-12-01T12:00:00.000Z',
        },
      ],
      lines: [2],
      faults: [
        { line: 3, what: 'center' },
        { line: 3, what: 'person' },
        { line: 3, what: 'time' },
        { line: 4, what: 'columns' },
      ],
    });
  });
  it('knows no time where there is none', () => expect(timeOf('2026-12-01')).toBeNull());
});

describe('a day', () => {
  const night = { from: '2026-12-01T12:00:00.000Z', to: '2026-12-02T00:00:00.000Z' };
  it('has the part of a night that is its own', () => {
    expect(daysFrom('2026-12-31', 2)).toEqual(['2026-12-31', '2027-01-01']);
    expect([isOnDay(night, '2026-12-01'), isOnDay(night, '2026-12-02'), isOnDay(night, '2026-12-03')]).toEqual([
      true,
      true,
      false,
    ]);
    expect([hoursOnDay(night, '2026-12-01'), hoursOnDay(night, '2026-12-02')]).toEqual(['20:00–24:00', '00:00–08:00']);
  });
});
