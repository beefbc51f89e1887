import { describe, expect, it } from '@jest/globals';
import { checkTogether } from './limits-together.js';
import { type QuotaState, UNLIMITED } from './quota.js';

const state = (
  id: string,
  limit: number | null,
  live = 0,
  level: QuotaState['subject']['level'] = 'DEPARTMENT',
): QuotaState => ({
  subject: { level, id, name: id, departmentId: id },
  meters: { VCPU: { limit: limit ?? UNLIMITED, live } },
});
const wish = (subjectId: string, VCPU: number) => ({ subjectId, limits: { VCPU } });

describe('limits that are set together', () => {
  const around = {
    above: [state('city', 100, 80)],
    own: state('bureau', 50, 30),
    beneath: [state('system', 20, 10, 'SYSTEM'), state('other', 10, 0, 'SYSTEM')],
  };

  it('are held against each other as they will be, not as they are', () => {
    expect(checkTogether([wish('bureau', 120), wish('system', 110), wish('city', 130)], around)).toEqual([]);
    expect(checkTogether([wish('bureau', 120)], around)).toMatchObject([{ reason: 'PARENT', bound: 100 }]);
    expect(checkTogether([wish('system', 60)], around)).toMatchObject([{ reason: 'PARENT', bound: 50 }]);
  });

  it('never go below what is in use, nor below another level beneath', () => {
    expect(checkTogether([wish('bureau', 29), wish('system', 9)], around)).toMatchObject([
      { reason: 'IN_USE', bound: 30, subjectName: 'bureau' },
      { reason: 'IN_USE', bound: 10, subjectName: 'system' },
    ]);
    const wide = { ...around, beneath: [state('system', 45, 10, 'SYSTEM')] };
    expect(checkTogether([wish('bureau', 40)], wide)).toMatchObject([{ reason: 'CHILD', bound: 45 }]);
    expect(checkTogether([wish('bureau', 40), wish('system', 40)], wide)).toEqual([]);
  });
});
