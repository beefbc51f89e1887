import { describe, expect, it } from '@jest/globals';
import { centerFits } from './center-fits';
import { barOf, type QuotaFit, tightest } from './quota-use';

const quota = (patch: Partial<QuotaFit>): QuotaFit => ({
  level: 'DEPARTMENT',
  subjectName: '厅',
  meter: 'VCPU',
  limit: 100,
  requested: 10,
  left: 60,
  fits: true,
  ...patch,
});

describe('tightest', () => {
  it('shows of each meter the limit with the least left afterwards, those that are too small first', () => {
    const wide = quota({});
    const narrow = quota({ level: 'SYSTEM', left: 20 });
    const memory = quota({ meter: 'MEMORY_MIB', left: 5, fits: false });
    expect(tightest([wide, narrow, memory])).toEqual({ binding: [memory, narrow], others: [wide] });
  });
});

describe('barOf', () => {
  it('divides the bar into what was used and this request', () =>
    expect(barOf({ limit: 100, left: 60, requested: 10 })).toEqual({ used: 40, asked: 10 }));
  it.each([
    [
      { limit: 100, left: 5, requested: 50 },
      { used: 95, asked: 5 },
    ],
    [
      { limit: 100, left: -20, requested: 5 },
      { used: 100, asked: 0 },
    ],
    [
      { limit: 0, left: 0, requested: 5 },
      { used: 0, asked: 100 },
    ],
  ])('never leaves the bar: %j', (asked, parts) => expect(barOf(asked)).toEqual(parts));
});

describe('centerFits', () => {
  const check = (criterion: string, passed: boolean) => ({ criterion, text: criterion, passed, figures: null });
  const share = (id: string, role: 'ACTIVE_A' | 'RECOVERY', feasible: boolean, failed: string[] = []) => ({
    ...{ share: 'MAIN' as const, count: 2, owed: false, standing: 'RUNNING' as const, feasible, monthlyCost: null },
    ...{ center: { id, role, name: id }, pools: [], checks: failed.map((criterion) => check(criterion, false)) },
  });
  it('sums what each center would take and tells each failed criterion once, A first', () => {
    const fits = centerFits([
      { shares: [share('r', 'RECOVERY', true), share('a', 'ACTIVE_A', false, ['P8'])] },
      { shares: [share('a', 'ACTIVE_A', false, ['P8', 'P9'])] },
    ]);
    expect(fits.map(({ center, fits: all, counts, failed }) => [center?.id, all, counts, failed.length])).toEqual([
      ['a', false, [{ standing: 'RUNNING', count: 4 }], 2],
      ['r', true, [{ standing: 'RUNNING', count: 2 }], 0],
    ]);
  });
});
