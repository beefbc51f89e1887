import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { permissionsOf } from '../../identity/domain/permissions.js';
import type { Role } from '../../kernel/viewer.js';
import { actionsInReach, decidePlan, type PlanFacts, type YearFacts } from './decide-plan.js';
import { isSignature, PLAN_ACTIONS, type PlanAction, type PlanState } from './plan-state.js';

const CITY = 'city';
const BUREAU = 'bureau';
const OTHER = 'other';
const TODAY = '2026-11-29';
const YEAR: YearFacts = { opensOn: '2026-10-01', closesOn: '2026-12-31', additionFromFen: 100n };

const person = (userId: string, role: Role, departmentId: string | null, tree: readonly string[] = []) => ({
  userId,
  departmentId,
  departmentTreeIds: departmentId === null ? [] : [departmentId, ...tree],
  permissions: permissionsOf([role]),
});
const applicant = person('applicant', 'APPLICANT', BUREAU);
const head = person('head', 'DEPARTMENT_HEAD', BUREAU);
const city = person('city', 'CITY_ADMINISTRATOR', CITY, [BUREAU]);
const reviewer = person('reviewer', 'CENTER_REVIEWER', null);
const authority = person('authority', 'CLOUD_AUTHORITY', null);
const stranger = person('stranger', 'DEPARTMENT_HEAD', OTHER);
const EVERYBODY = [applicant, head, city, reviewer, authority, stranger];

const plan = (more: Partial<PlanFacts> = {}): PlanFacts => ({
  kind: 'ANNUAL',
  state: 'DRAFT',
  version: 3,
  departmentId: BUREAU,
  year: 2027,
  inCity: true,
  authorIds: ['applicant'],
  signerIds: [],
  lineCount: 1,
  monthlyFen: 50n,
  smallBeforeFen: 0n,
  ...more,
});
const decide = (
  who: (typeof EVERYBODY)[number],
  facts: PlanFacts,
  action: PlanAction,
  more: { today?: string; opinion?: string | null; expectedVersion?: number } = {},
) =>
  decidePlan(
    who,
    facts,
    YEAR,
    action,
    { expectedVersion: more.expectedVersion ?? facts.version, opinion: 'opinion' in more ? more.opinion : '同意' },
    more.today ?? TODAY,
  );
const reasonOf = (decided: ReturnType<typeof decide>) =>
  decided.ok
    ? decided.value.to
    : ((decided.error[0] as { reason?: string; code: string }).reason ?? decided.error[0]?.code);

describe('the way of a plan', () => {
  it('goes from the department through its city and the center to the cloud authority', () => {
    const steps: [(typeof EVERYBODY)[number], PlanAction, PlanState][] = [
      [applicant, 'SUBMIT', 'AWAITING_SIGN_OFF'],
      [head, 'SIGN_OFF', 'CITY_REVIEW'],
      [city, 'PASS', 'CENTER_REVIEW'],
      [reviewer, 'ACCEPT', 'AWAITING_APPROVAL'],
      [authority, 'APPROVE', 'APPROVED'],
    ];
    let facts = plan();
    for (const [who, action, to] of steps) {
      expect([action, reasonOf(decide(who, facts, action))]).toEqual([action, to]);
      facts = plan({ state: to });
    }
  });

  it('leaves out the city where there is none', () => {
    expect(reasonOf(decide(head, plan({ state: 'AWAITING_SIGN_OFF', inCity: false }), 'SIGN_OFF'))).toBe(
      'CENTER_REVIEW',
    );
  });

  it('of a small addition ends with the center; a large one, or one without a price, is the authority’s', () => {
    const at = (monthlyFen: bigint | null) =>
      reasonOf(decide(reviewer, plan({ kind: 'ADDITION', state: 'CENTER_REVIEW', monthlyFen }), 'ACCEPT'));
    expect([at(99n), at(100n), at(null)]).toEqual(['APPROVED', 'AWAITING_APPROVAL', 'AWAITING_APPROVAL']);
    expect(reasonOf(decide(reviewer, plan({ state: 'CENTER_REVIEW', monthlyFen: 1n }), 'ACCEPT'))).toBe(
      'AWAITING_APPROVAL',
    );
  });

  it('counts the small additions that came before: two halves are one whole', () => {
    const at = (smallBeforeFen: bigint) =>
      reasonOf(
        decide(reviewer, plan({ kind: 'ADDITION', state: 'CENTER_REVIEW', monthlyFen: 50n, smallBeforeFen }), 'ACCEPT'),
      );
    expect([at(49n), at(50n)]).toEqual(['APPROVED', 'AWAITING_APPROVAL']);
  });
});

describe('who may act', () => {
  it('is one desk in each state, and never a stranger', () => {
    const desks = (state: PlanState) =>
      EVERYBODY.filter((who) => actionsInReach(who, plan({ state })).length > 0).map(({ userId }) => userId);
    expect(desks('DRAFT')).toEqual(['applicant', 'head']);
    expect(desks('AWAITING_SIGN_OFF')).toEqual(['applicant', 'head']);
    expect(desks('CITY_REVIEW')).toEqual(['applicant', 'head', 'city']);
    expect(desks('CENTER_REVIEW')).toEqual(['applicant', 'head', 'reviewer']);
    expect(desks('AWAITING_APPROVAL')).toEqual(['authority']);
    expect(desks('APPROVED')).toEqual([]);
  });

  it('does not let an applicant sign off, nor a head approve for the province, nor the authority sign for a department', () => {
    expect(reasonOf(decide(applicant, plan({ state: 'AWAITING_SIGN_OFF' }), 'SIGN_OFF'))).toBe('NOT_YOURS');
    expect(reasonOf(decide(head, plan({ state: 'AWAITING_APPROVAL' }), 'APPROVE'))).toBe('NOT_YOURS');
    expect(reasonOf(decide(authority, plan({ state: 'AWAITING_SIGN_OFF' }), 'SIGN_OFF'))).toBe('NOT_YOURS');
    expect(reasonOf(decide(city, plan({ state: 'CENTER_REVIEW' }), 'ACCEPT'))).toBe('NOT_YOURS');
  });

  it('lets nobody approve what he wrote, nor sign twice, and whoever wrote it send it', () => {
    const state = 'AWAITING_SIGN_OFF';
    expect(reasonOf(decide(head, plan({ state, authorIds: ['head'] }), 'SIGN_OFF'))).toBe('OWN_PLAN');
    expect(reasonOf(decide(head, plan({ state, signerIds: ['head'] }), 'SIGN_OFF'))).toBe('SIGNED_ALREADY');
    expect(reasonOf(decide(head, plan({ authorIds: ['head'] }), 'SUBMIT'))).toBe('AWAITING_SIGN_OFF');
    fc.assert(
      fc.property(
        fc.constantFrom(...EVERYBODY),
        fc.constantFrom<PlanState>('AWAITING_SIGN_OFF', 'CITY_REVIEW', 'CENTER_REVIEW', 'AWAITING_APPROVAL'),
        fc.constantFrom(...PLAN_ACTIONS),
        fc.boolean(),
        (who, now, action, wrote) => {
          const facts = plan({ state: now, ...(wrote ? { authorIds: [who.userId] } : { signerIds: [who.userId] }) });
          const decided = decide(who, facts, action);
          if (isSignature(action)) expect(decided.ok).toBe(false);
        },
      ),
    );
  });
});

describe('what is needed', () => {
  it('to send a plan: lines, and a day within the window; corrections may come later, additions at any time', () => {
    expect(reasonOf(decide(applicant, plan({ lineCount: 0 }), 'SUBMIT'))).toBe('INVALID_INPUT');
    const late = { today: '2027-01-01' };
    expect(reasonOf(decide(applicant, plan(), 'SUBMIT', late))).toBe('WINDOW_CLOSED');
    expect(reasonOf(decide(applicant, plan({ state: 'RETURNED' }), 'SUBMIT', late))).toBe('AWAITING_SIGN_OFF');
    expect(reasonOf(decide(applicant, plan({ kind: 'ADDITION' }), 'SUBMIT', late))).toBe('AWAITING_SIGN_OFF');
  });

  it('to return or reject: an opinion; and always the version that was seen', () => {
    const facts = plan({ state: 'CENTER_REVIEW' });
    expect(reasonOf(decide(reviewer, facts, 'RETURN', { opinion: ' ' }))).toBe('INVALID_INPUT');
    expect(reasonOf(decide(reviewer, facts, 'ACCEPT', { opinion: null }))).toBe('AWAITING_APPROVAL');
    expect(reasonOf(decide(reviewer, facts, 'ACCEPT', { expectedVersion: 2 }))).toBe('VERSION_CONFLICT');
  });
});
