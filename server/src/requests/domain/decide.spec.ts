import { describe, expect, it } from '@jest/globals';
import type { PermissionAction, PermissionScope, Viewer } from '../../kernel/viewer.js';
import { availableActions, decideAct, type RequestFacts } from './decide.js';
import { after, REQUEST_ACTIONS, REQUEST_STATES, requestTable } from './request-state.js';

const ALL: PermissionAction[] = ['READ', 'CREATE', 'EDIT', 'SIGN_OFF', 'REVIEW', 'WITHDRAW'];

function viewer(userId: string, actions: PermissionAction[] = ALL, scope: PermissionScope = 'PROVINCE'): Viewer {
  return {
    userId,
    name: userId,
    username: userId,
    departmentId: 'dep',
    departmentTreeIds: ['dep'],
    address: null,
    traceId: 't',
    sessionId: 's',
    roles: [],
    permissions: actions.map((action) => ({ object: 'REQUEST', action, scope })),
    locale: 'zh',
  };
}

function request(more: Partial<RequestFacts> = {}): RequestFacts {
  return {
    state: 'UNDER_REVIEW',
    version: 3,
    departmentId: 'dep',
    systemId: 'system',
    applicantId: 'applicant',
    formerApplicantIds: null,
    signerId: 'head',
    ...more,
  };
}

const now = { expectedVersion: 3, opinion: '同意' };
const codeOf = (result: ReturnType<typeof decideAct>) => (result.ok ? result.value : result.error[0]?.code);

describe('requestTable', () => {
  // The whole matrix is written out: an edge that appears or vanishes must be meant.
  it('has exactly these edges', () => {
    const edges = REQUEST_STATES.flatMap((from) =>
      Object.entries(requestTable.transitions[from]).map(([action, to]) => `${from} ${action} ${to}`),
    );
    expect(edges).toMatchInlineSnapshot(`
[
  "DRAFT EDIT DRAFT",
  "DRAFT SEND_FOR_SIGN_OFF AWAITING_SIGN_OFF",
  "DRAFT WITHDRAW WITHDRAWN",
  "AWAITING_SIGN_OFF SUBMIT UNDER_REVIEW",
  "AWAITING_SIGN_OFF RETURN RETURNED",
  "AWAITING_SIGN_OFF WITHDRAW WITHDRAWN",
  "UNDER_REVIEW APPROVE PROVISIONING",
  "UNDER_REVIEW RETURN RETURNED",
  "UNDER_REVIEW REJECT REJECTED",
  "UNDER_REVIEW WITHDRAW WITHDRAWN",
  "UNDER_REVIEW EXPIRE EXPIRED",
  "RETURNED EDIT RETURNED",
  "RETURNED SEND_FOR_SIGN_OFF AWAITING_SIGN_OFF",
  "RETURNED WITHDRAW WITHDRAWN",
  "PROVISIONING DELIVER DELIVERED",
  "PROVISIONING CLOSE CLOSED",
  "DELIVERED CLOSE CLOSED",
]
`);
  });
});

describe('decideAct', () => {
  it.each(REQUEST_STATES.flatMap((state) => REQUEST_ACTIONS.map((action) => [state, action] as const)))(
    'in %s takes %s exactly when the table has it',
    (state, action) => {
      const to = after(state, action);
      expect(codeOf(decideAct(viewer('third'), request({ state }), action, now))).toBe(to ?? 'ILLEGAL_TRANSITION');
    },
  );

  it.each(['SUBMIT', 'APPROVE'] as const)('refuses %s by the applicant', (action) => {
    const state = action === 'SUBMIT' ? 'AWAITING_SIGN_OFF' : 'UNDER_REVIEW';
    expect(codeOf(decideAct(viewer('applicant'), request({ state }), action, now))).toBe('NOT_PERMITTED');
  });

  it('refuses approval by who signed it off', () => {
    expect(codeOf(decideAct(viewer('head'), request(), 'APPROVE', now))).toBe('NOT_PERMITTED');
  });

  it("refuses what the viewer's permissions do not cover", () => {
    const elsewhere = { ...viewer('third', ALL, 'OWN_DEPARTMENT'), departmentId: 'other' };
    for (const action of ['APPROVE', 'RETURN', 'REJECT', 'WITHDRAW'] as const)
      expect(codeOf(decideAct(elsewhere, request(), action, now))).toBe('NOT_PERMITTED');
    expect(codeOf(decideAct(viewer('third', ['READ', 'EDIT']), request(), 'APPROVE', now))).toBe('NOT_PERMITTED');
  });

  it('lets the head return before submit and the center after it, not the other way round', () => {
    const head = viewer('third', ['SIGN_OFF']);
    const reviewer = viewer('third', ['REVIEW']);
    expect(codeOf(decideAct(head, request({ state: 'AWAITING_SIGN_OFF' }), 'RETURN', now))).toBe('RETURNED');
    expect(codeOf(decideAct(head, request(), 'RETURN', now))).toBe('NOT_PERMITTED');
    expect(codeOf(decideAct(reviewer, request(), 'RETURN', now))).toBe('RETURNED');
    expect(codeOf(decideAct(reviewer, request({ state: 'AWAITING_SIGN_OFF' }), 'RETURN', now))).toBe('NOT_PERMITTED');
  });

  it('refuses to decide on an older version than the newest', () => {
    expect(decideAct(viewer('third'), request(), 'APPROVE', { ...now, expectedVersion: 2 })).toMatchObject({
      ok: false,
      error: [{ code: 'VERSION_CONFLICT', expected: 2, current: 3 }],
    });
  });

  it('wants a reason for a return or a rejection, and no novel', () => {
    for (const action of ['RETURN', 'REJECT'] as const)
      for (const opinion of [null, '', '   ', '长'.repeat(501)])
        expect(codeOf(decideAct(viewer('third'), request(), action, { ...now, opinion }))).toBe('INVALID_INPUT');
    expect(codeOf(decideAct(viewer('third'), request(), 'APPROVE', { ...now, opinion: null }))).toBe('PROVISIONING');
  });
});

describe('availableActions', () => {
  it("names the legal acts of this person's kind, with the reason where not this one", () => {
    const named = (someone: Viewer) =>
      availableActions(someone, request()).map((a) => [a.action, a.disabledReason === null]);
    expect(named(viewer('applicant', ['READ', 'WITHDRAW']))).toEqual([['WITHDRAW', true]]);
    expect(named(viewer('head', ['REVIEW']))).toEqual([
      ['APPROVE', false],
      ['RETURN', true],
      ['REJECT', true],
    ]);
  });

  it('has none where a life has ended', () => {
    for (const state of ['REJECTED', 'WITHDRAWN', 'EXPIRED', 'CLOSED'] as const)
      expect(availableActions(viewer('third'), request({ state }))).toEqual([]);
  });
});
