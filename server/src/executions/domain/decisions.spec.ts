import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { APPROVALS_NEEDED, isApprovedBy, refusedApprover, refusedConfirmer } from './approve-execution.js';
import { isTyped, type KnownLag, shownLoss, typedOf } from './data-loss.js';
import { EXECUTION_KINDS } from './execution-words.js';
import { isFenceProof, refusedSecondSigner, refusedStatement, stillProves } from './fence-proof.js';
import { type PlannedStep, refusedSteps, refusedVerifier } from './runbook.js';
import { coversPress, refusedOrder } from './standing-order.js';
import { usualSteps } from './usual-steps.js';

const NOW = new Date('2026-11-30T08:00:00Z');
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1_000);
const who = (userId: string, departmentId: string | null) => ({ userId, departmentId });

describe('an approval', () => {
  it('is of two people of different departments, neither of whom asked, whoever presses in which order', () => {
    const people = fc.record({
      userId: fc.constantFrom('a', 'b', 'c', 'd'),
      departmentId: fc.constantFrom('x', 'y', 'z', null),
    });
    fc.assert(
      fc.property(fc.constantFrom('a', 'b'), fc.array(people, { maxLength: 12 }), (requestedById, presses) => {
        let approvals: { userId: string; departmentId: string | null }[] = [];
        for (const one of presses) {
          const soFar = { requestedById, approvals, underStandingOrder: false };
          if (refusedApprover(soFar, one) === null) approvals = [...approvals, one];
        }
        if (!isApprovedBy({ requestedById, approvals, underStandingOrder: false })) return;
        expect(approvals.length).toBeGreaterThanOrEqual(APPROVALS_NEEDED);
        expect(new Set(approvals.map(({ userId }) => userId)).size).toBe(approvals.length);
        expect(new Set(approvals.map(({ departmentId }) => departmentId)).size).toBe(approvals.length);
        expect(approvals.some(({ userId }) => userId === requestedById)).toBe(false);
        expect(approvals.some(({ departmentId }) => departmentId === null)).toBe(false);
      }),
    );
  });

  it('under an advance approval is of one, and confirmed by another department', () => {
    const soFar = { requestedById: 'duty', approvals: [who('leader', 'center')], underStandingOrder: true };
    expect(isApprovedBy(soFar)).toBe(true);
    const decided = { ...soFar, requesterDepartmentId: 'center' };
    expect(refusedConfirmer(decided, who('other', 'center'))).toMatchObject({ reason: 'SAME_DEPARTMENT' });
    expect(refusedConfirmer(decided, who('other', 'bureau'))).toBeNull();
  });
});

describe('an advance approval', () => {
  const order = {
    ...{ groupIds: ['g'], kinds: ['FAILOVER'] as const, holderId: 'duty', revokedAt: null },
    ...{ from: ago(60), until: ago(-60) },
  };
  it('covers its groups, kinds, holder and period, and nothing else', () => {
    const press = { groupId: 'g', kind: 'FAILOVER', userId: 'duty' } as const;
    expect(coversPress(order, press, NOW)).toBe(true);
    expect(coversPress(order, { ...press, groupId: 'h' }, NOW)).toBe(false);
    expect(coversPress(order, { ...press, kind: 'SWITCHOVER' }, NOW)).toBe(false);
    expect(coversPress(order, { ...press, userId: 'x' }, NOW)).toBe(false);
    expect(coversPress({ ...order, revokedAt: NOW }, press, NOW)).toBe(false);
    expect(coversPress(order, press, order.until)).toBe(false);
    expect(coversPress({ ...order, groupIds: null }, { ...press, groupId: 'h' }, NOW)).toBe(true);
  });
  it('is for others, for a quarter at most, and says on what', () => {
    const wish = { ...order, trigger: 'A 中心整体失联十分钟以上' };
    expect(refusedOrder(wish, 'leader', NOW)).toEqual([]);
    expect(refusedOrder(wish, 'duty', NOW)).toMatchObject([{ reason: 'OWN_REQUEST' }]);
    expect(refusedOrder({ ...wish, until: ago(-100 * 86_400) }, 'leader', NOW)).toMatchObject([{ path: ['until'] }]);
    expect(refusedOrder({ ...wish, trigger: '断了' }, 'leader', NOW)).toMatchObject([{ path: ['trigger'] }]);
    expect(refusedOrder({ ...wish, kinds: [] }, 'leader', NOW)).toMatchObject([{ path: ['kinds'] }]);
  });
});

describe('what would be lost', () => {
  const lag = (lagSeconds: number | null, seconds: number, level: KnownLag['level'] = 'GOOD'): KnownLag => ({
    ...{ tierId: 't', tierName: '数据库', lagSeconds, observedAt: ago(seconds), level },
  });
  it('is the worst of all tiers and what was written since it was read', () => {
    expect(shownLoss([lag(20, 5), lag(3, 40)], 60, NOW)).toMatchObject({ seconds: 43, mustType: null });
    expect(shownLoss([lag(20, 50)], 60, NOW)).toMatchObject({ seconds: 120, mustType: typedOf(120) });
    expect(shownLoss([lag(20, 5)], null, NOW).mustType).not.toBeNull();
  });
  it('stands long enough to be typed, and is never less than what is lost', () => {
    const at = (seconds: number) => shownLoss([lag(900, 0)], 60, new Date(NOW.getTime() + seconds * 1_000));
    expect(at(1).mustType).toBe(at(60).mustType);
    fc.assert(
      fc.property(fc.nat(20_000), fc.nat(300), (behind, age) => {
        expect(shownLoss([lag(behind, age)], 0, NOW).seconds).toBeGreaterThanOrEqual(behind + age);
      }),
    );
  });
  it('is not known as soon as one tier is not, and must then be typed, letter by letter', () => {
    const loss = shownLoss([lag(20, 5), lag(null, 5, 'UNKNOWN')], 60, NOW);
    // A reading out of the future is none.
    expect(shownLoss([lag(0, -600, 'UNKNOWN')], 60, NOW).seconds).toBeNull();
    expect(loss).toMatchObject({ seconds: null, unknownTiers: ['数据库'], mustType: typedOf(null) });
    const must = loss.mustType as string;
    expect(isTyped(must, ` ${must} `)).toBe(true);
    for (const wrong of ['', 'ok', must.slice(1), `${must}。`, typedOf(60)]) expect(isTyped(must, wrong)).toBe(false);
  });
  it('is known by an old reading, too, for what had arrived is there still; but that is typed, whatever was promised', () => {
    expect(shownLoss([lag(2, 130, 'UNKNOWN')], 60, NOW)).toMatchObject({ seconds: 180, mustType: typedOf(180) });
    expect(shownLoss([lag(2, 130, 'UNKNOWN')], 3_600, NOW)).toMatchObject({ seconds: 180, mustType: typedOf(180) });
    fc.assert(
      fc.property(fc.nat(20_000), fc.nat(90_000), fc.option(fc.nat(200_000)), (behind, age, rpo) => {
        const { mustType, seconds } = shownLoss([lag(behind, age, 'UNKNOWN')], rpo, NOW);
        expect(seconds).toBeGreaterThanOrEqual(behind + age);
        expect(mustType).toBe(typedOf(seconds));
      }),
    );
  });
  it('is nothing where the old side was halted and synchronized to the end', () => {
    expect(shownLoss([lag(20, 5)], 0, NOW, true)).toMatchObject({ seconds: 0, mustType: null });
  });
});

describe('a fence', () => {
  it('is proved by four things, none of which is a lease or silence', () => {
    expect(['NETWORK_FENCE', 'MACHINES_GONE', 'BMC_OFF', 'STATEMENT'].every(isFenceProof)).toBe(true);
    for (const word of ['LEASE', 'LEASE_EXPIRED', 'TIMEOUT', 'SILENCE', '']) expect(isFenceProof(word)).toBe(false);
  });
  it('that was read grows old; a signature and an answer of the storage hold', () => {
    expect(stillProves({ kind: 'MACHINES_GONE', observedAt: ago(899) }, NOW)).toBe(true);
    expect(stillProves({ kind: 'MACHINES_GONE', observedAt: ago(901) }, NOW)).toBe(false);
    expect(stillProves({ kind: 'BMC_OFF', observedAt: ago(901) }, NOW)).toBe(false);
    expect(stillProves({ kind: 'STATEMENT', observedAt: ago(9_000) }, NOW)).toBe(true);
  });
  it('is stated by two people of different departments with evidence', () => {
    expect(refusedSecondSigner(who('a', 'x'), who('a', 'y'))).toMatchObject({ reason: 'SAME_PERSON' });
    expect(refusedSecondSigner(who('a', 'x'), who('b', 'x'))).toMatchObject({ reason: 'SAME_DEPARTMENT' });
    expect(refusedSecondSigner(who('a', null), who('b', null))).toMatchObject({ reason: 'SAME_DEPARTMENT' });
    expect(refusedSecondSigner(who('a', 'x'), who('b', 'y'))).toBeNull();
    expect(refusedStatement('现场确认机房总闸已断开', 1)).toEqual([]);
    expect(refusedStatement('断了', 0)).toHaveLength(2);
  });
});

describe('a runbook', () => {
  it.each(EXECUTION_KINDS)('of a %s begins with steps that it may have', (kind) => {
    expect(refusedSteps(kind, usualSteps(kind))).toEqual([]);
  });
  it('without its fence, or with the promotion before it, is refused', () => {
    const steps = usualSteps('SWITCHOVER');
    expect(
      refusedSteps(
        'SWITCHOVER',
        steps.filter(({ action }) => action !== 'PROVE_FENCE'),
      ),
    ).not.toEqual([]);
    const at = (action: string) => steps.findIndex((one) => one.action === action);
    const swapped = steps.with(at('PROVE_FENCE'), steps[at('PROMOTE_TARGET')] as PlannedStep);
    expect(
      refusedSteps('SWITCHOVER', swapped.with(at('PROMOTE_TARGET'), steps[at('PROVE_FENCE')] as PlannedStep)),
    ).not.toEqual([]);
    expect(
      refusedSteps(
        'FAILOVER',
        usualSteps('FAILOVER').filter(({ action }) => action !== 'ACCEPT_LOSS'),
      ),
    ).not.toEqual([]);
  });
  it('is refused where it could not be carried out to its end: found late, it could only go back', () => {
    const fields = (kind: 'SWITCHOVER' | 'FAILOVER', action: string, change: Partial<PlannedStep>) => {
      const steps = usualSteps(kind);
      const at = steps.findIndex((one) => one.action === action);
      const changed = steps.with(at, { ...(steps[at] as PlannedStep), ...change });
      return refusedSteps(kind, changed).map(({ path }) => path.at(-1));
    };
    expect(fields('SWITCHOVER', 'PROMOTE_TARGET', { secondCheck: true })).toContain('secondCheck');
    expect(fields('FAILOVER', 'PROVE_FENCE', { secondCheck: false })).toContain('secondCheck');
    // Halted in the check and then cancelled: nobody would start it again.
    expect(fields('FAILOVER', 'CHECK_PREREQUISITES', { action: 'HALT_SOURCE' })).toContain('stage');
  });
  it('is verified by another than its author, in its newest version, once', () => {
    const version = { number: 2, authoredById: 'a', state: 'NEEDS_VERIFIED' as const };
    expect(refusedVerifier(version, 2, 'a')).toMatchObject({ code: 'NOT_PERMITTED' });
    expect(refusedVerifier(version, 3, 'b')).toMatchObject({ code: 'VERSION_CONFLICT' });
    expect(refusedVerifier({ ...version, state: 'VERIFIED' }, 2, 'b')).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    expect(refusedVerifier(version, 2, 'b')).toBeNull();
  });
});
