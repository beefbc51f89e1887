import { describe, expect, it } from '@jest/globals';
import { type QuotaState, type QuotaSubject, UNLIMITED } from '../../quotas/domain/quota.js';
import { limitsThatFollow } from './plan-quotas.js';

const subject = (id: string, level: QuotaSubject['level'] = 'DEPARTMENT'): QuotaSubject => ({
  level,
  id,
  name: id,
  departmentId: id,
});
const states = (limits: Readonly<Record<string, number>>) =>
  new Map(
    Object.entries(limits).map(([id, limit]): [string, QuotaState] => [
      id,
      { subject: subject(id), meters: { VCPU: { limit, live: 0 }, SERVER: { limit: 5, live: 0 } } },
    ]),
  );
const approved = (id: string, VCPU: number) => ({ subject: subject(id), planned: { VCPU } });
const follow = (own: number, above: number, limits: Readonly<Record<string, number>>, raiseOnly = false) =>
  limitsThatFollow([approved('own', own)], [approved('above', above)], states(limits), raiseOnly).map(
    ({ subject: { id }, limits: wish }) => [id, wish],
  );

describe('limits that follow from what is approved', () => {
  it('are set and lowered for the plan’s own, of the meters that it names only', () => {
    expect(follow(10, 10, { own: UNLIMITED, above: UNLIMITED })).toEqual([['own', { VCPU: 10 }]]);
    expect(follow(10, 10, { own: 40, above: 100 })).toEqual([['own', { VCPU: 10 }]]);
    expect(follow(0, 0, { own: 40, above: 100 })).toEqual([]);
  });

  it('are only ever raised above, and never set where there was none', () => {
    expect(follow(10, 30, { own: 10, above: 20 })).toEqual([['above', { VCPU: 30 }]]);
    expect(follow(10, 30, { own: 10, above: 40 })).toEqual([]);
  });

  it('of an addition take nothing away anywhere', () => {
    expect(follow(10, 10, { own: 40, above: 40 }, true)).toEqual([]);
    expect(follow(10, 10, { own: UNLIMITED, above: 40 }, true)).toEqual([]);
    expect(follow(50, 50, { own: 40, above: 40 }, true)).toEqual([
      ['above', { VCPU: 50 }],
      ['own', { VCPU: 50 }],
    ]);
  });
});
