import { describe, expect, it } from '@jest/globals';
import { permissionsOf } from '../../identity/domain/permissions.js';
import type { Role } from '../../kernel/viewer.js';
import { type Delegation, delegationState, wrongDelegation } from './delegation.js';
import type { Decider } from './step-roles.js';

const DAY_MS = 86_400_000;
const NOW = new Date('2026-11-30T02:00:00.000Z');
const day = (n: number) => new Date(NOW.getTime() + n * DAY_MS);
const person = (userId: string, roles: readonly Role[], departmentId: string | null = null) => ({
  userId,
  active: true,
  departmentId,
  departmentTreeIds: departmentId === null ? [] : [departmentId],
  roles,
  permissions: permissionsOf(roles),
});
const REVIEWER = person('reviewer', ['CENTER_REVIEWER']);
const COLLEAGUE = person('colleague', ['CAPACITY_ALLOCATOR']);
const HEAD = person('head', ['DEPARTMENT_HEAD'], 'dep');
const CLERK = person('clerk', ['APPLICANT'], 'dep');
const WISH = { from: day(0), until: day(5), reason: '出差' };
const delegation = (more: Partial<Delegation>): Delegation => ({
  id: 'd',
  delegatorId: 'x',
  delegatorName: 'x',
  delegateId: 'y',
  delegateName: 'y',
  from: day(0),
  until: day(5),
  reason: '出差',
  createdAt: NOW,
  revokedAt: null,
  ...more,
});
const wrong = (
  delegator: Decider,
  delegate: (Decider & { active: boolean }) | null,
  more: Partial<typeof WISH> = {},
  others: Delegation[] = [],
) =>
  wrongDelegation(delegator, delegate, { ...WISH, ...more }, others, NOW).map(
    (r) => `${r.path.join('.')} ${r.code === 'INVALID_INPUT' ? r.rule : r.code}`,
  );

describe('wrongDelegation', () => {
  it('lets whoever decides name one who sees what he decides', () => {
    expect(wrong(REVIEWER, COLLEAGUE)).toEqual([]);
    expect(wrong(HEAD, CLERK)).toEqual([]);
  });

  it('lets nobody who decides nothing, and nobody to himself, to the blind, to a closed account', () => {
    expect(wrong(CLERK, HEAD)).toEqual([' NOT_PERMITTED']);
    expect(wrong(REVIEWER, REVIEWER)).toEqual(['delegateId UNKNOWN_REFERENCE']);
    expect(wrong(REVIEWER, CLERK)).toEqual(['delegateId UNKNOWN_REFERENCE']);
    expect(wrong(REVIEWER, person('auditor', ['AUDIT_ADMINISTRATOR']))).toEqual(['delegateId UNKNOWN_REFERENCE']);
    expect(wrong(HEAD, person('far', ['APPLICANT'], 'other'))).toEqual(['delegateId UNKNOWN_REFERENCE']);
    expect(wrong(REVIEWER, { ...COLLEAGUE, active: false })).toEqual(['delegateId UNKNOWN_REFERENCE']);
    expect(wrong(REVIEWER, null)).toEqual(['delegateId UNKNOWN_REFERENCE']);
  });

  it('is for a while, with a reason', () => {
    expect(wrong(REVIEWER, COLLEAGUE, { until: day(0) })).toEqual(['until order']);
    expect(wrong(REVIEWER, COLLEAGUE, { from: day(-5), until: day(-1) })).toEqual(['until future']);
    expect(wrong(REVIEWER, COLLEAGUE, { until: day(93) })).toEqual(['until length']);
    expect(wrong(REVIEWER, COLLEAGUE, { reason: ' ' })).toEqual(['reason length']);
  });

  it('makes no chains, and not the same twice', () => {
    expect(wrong(REVIEWER, COLLEAGUE, {}, [delegation({ delegatorId: 'colleague' })])).toEqual(['delegateId chain']);
    const later = delegation({ delegatorId: 'colleague', from: day(6), until: day(8) });
    expect(wrong(REVIEWER, COLLEAGUE, {}, [later])).toEqual([]);
    const same = delegation({ delegatorId: 'reviewer', delegateId: 'colleague' });
    expect(wrong(REVIEWER, COLLEAGUE, {}, [same])).toEqual(['delegateId twice']);
  });
});

describe('delegationState', () => {
  it.each([
    [{ from: day(1) }, 'PLANNED'],
    [{}, 'RUNNING'],
    [{ until: day(0), from: day(-1) }, 'ENDED'],
    [{ revokedAt: NOW }, 'REVOKED'],
  ] as const)('%j is %s', (more, state) => {
    expect(delegationState(delegation(more), NOW)).toBe(state);
  });
});
