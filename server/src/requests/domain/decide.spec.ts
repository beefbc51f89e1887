import { describe, expect, it } from '@jest/globals';
import type { StepDefinition } from '../../approvals/domain/chain.js';
import { addApprover, decide, escalated, openRound, type Round, transfer } from '../../approvals/domain/round.js';
import { seatChoices, type Voice } from '../../approvals/domain/standing.js';
import { type StepRole, scopeOfStepRole } from '../../approvals/domain/step-roles.js';
import { permissionsOf } from '../../identity/domain/permissions.js';
import type { Role, Viewer } from '../../kernel/viewer.js';
import {
  type ApprovalFacts,
  availableActions,
  decideAct,
  draftsOnly,
  NO_APPROVAL,
  type RequestFacts,
} from './decide.js';
import {
  after,
  REQUEST_ACTIONS,
  REQUEST_STATES,
  type RequestAction,
  type RequestState,
  requestTable,
} from './request-state.js';

const NOW = new Date('2026-11-30T02:00:00.000Z');
const due = () => new Date('2026-12-03T02:00:00.000Z');
let ids = 0;
const newId = (): string => {
  ids += 1;
  return `id-${ids}`;
};

const step = (key: string, role: StepRole, more: Partial<StepDefinition> = {}): StepDefinition => ({
  key,
  title: { zh: key, en: key },
  roles: [role],
  mode: 'ANY',
  count: 1,
  deadlineWorkingDays: 3,
  needsFile: false,
  holdsCapacity: false,
  escalatesTo: 'LEADER',
  ...more,
});
const STEPS = [
  step('sign-off', 'DEPARTMENT_HEAD'),
  step('acceptance', 'CENTER_ACCEPTANCE', { holdsCapacity: true }),
  step('experts', 'CENTER_REVIEWER', { needsFile: true }),
  step('allocation', 'CAPACITY_ALLOCATOR'),
];

function viewer(userId: string, roles: readonly Role[], departmentId: string | null = 'dep'): Viewer {
  return {
    userId,
    name: userId,
    username: userId,
    departmentId,
    departmentTreeIds: departmentId === null ? [] : [departmentId],
    address: null,
    traceId: 't',
    sessionId: 's',
    roles,
    permissions: permissionsOf(roles),
    locale: 'zh',
  };
}
const APPLICANT = viewer('applicant', ['APPLICANT']);
const HEAD = viewer('head', ['DEPARTMENT_HEAD']);
const ACCEPTANCE = viewer('acceptance', ['CENTER_ACCEPTANCE'], null);
const REVIEWER = viewer('reviewer', ['CENTER_REVIEWER'], null);
const LEADER = viewer('leader', ['LEADER'], null);
const STRANGER = viewer('stranger', ['APPLICANT', 'DEPARTMENT_HEAD'], 'other');
const PEOPLE = { APPLICANT, HEAD, ACCEPTANCE, REVIEWER, LEADER, STRANGER };
type Name = keyof typeof PEOPLE;

const opened = (steps = STEPS): Round =>
  openRound(
    {
      subjectId: 'request',
      number: 1,
      editionId: 'edition',
      chainKey: 'standard',
      chosenBy: '',
      chainTitle: { zh: '标准', en: 'standard' },
      applicantId: 'applicant',
      steps,
    },
    NOW,
    due,
    newId,
  );

/** Signed by these people, one step each. */
function signedBy(...people: Viewer[]): Round {
  return signed(opened(), people);
}

/** The head has signed; two seats of 会签 wait, and one of another role. */
function coSigned(): Round {
  const roles = ['CENTER_REVIEWER', 'CAPACITY_ALLOCATOR', 'CENTER_ACCEPTANCE'] as const;
  const together = step('together', 'CENTER_REVIEWER', { roles: [...roles], mode: 'ALL' });
  return signed(opened([step('sign-off', 'DEPARTMENT_HEAD'), together]), [HEAD]);
}

function signed(from: Round, people: readonly Viewer[]): Round {
  return people.reduce((round, person) => {
    const seat = round.steps.find((s) => s.state === 'CURRENT')?.seats[0];
    const by = { id: person.userId, name: person.name };
    const decision = {
      verdict: 'APPROVE',
      by,
      role: null,
      onBehalfOf: null,
      at: NOW,
      opinion: null,
      fileId: null,
    } as const;
    return decide(round, seat?.id ?? '', decision, due).round;
  }, from);
}

/** The round as it stands in that state: nothing signed, or the head has. */
function roundIn(state: RequestState): Round | null {
  if (state === 'AWAITING_SIGN_OFF') return opened();
  return state === 'UNDER_REVIEW' ? signedBy(HEAD) : null;
}

function request(more: Partial<RequestFacts> = {}): RequestFacts {
  return {
    state: 'UNDER_REVIEW',
    version: 3,
    departmentId: 'dep',
    systemId: 'system',
    applicantId: 'applicant',
    ...more,
  };
}
const own = (person: Viewer): Voice => ({ ...person, delegationId: null });
function approvalOf(person: Viewer, round: Round | null, ...others: Viewer[]): ApprovalFacts {
  const delegated = others.map((other): Voice => ({ ...other, delegationId: `d-${other.userId}` }));
  return { round, voices: [own(person), ...delegated], remindedToday: false };
}

const now = { expectedVersion: 3, opinion: '同意', fileId: 'file' };
function outcome(
  person: Viewer,
  facts: RequestFacts,
  action: RequestAction,
  approval: ApprovalFacts,
  wish = now,
): string {
  const result = decideAct(person, facts, action, wish, approval);
  return result.ok ? result.value.to : (result.error[0]?.code ?? '');
}
const inState = (person: Viewer, state: RequestState, action: RequestAction): string =>
  outcome(person, request({ state }), action, approvalOf(person, roundIn(state)));

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
  "AWAITING_SIGN_OFF TRANSFER AWAITING_SIGN_OFF",
  "AWAITING_SIGN_OFF REMIND AWAITING_SIGN_OFF",
  "AWAITING_SIGN_OFF WITHDRAW WITHDRAWN",
  "AWAITING_SIGN_OFF ESCALATE AWAITING_SIGN_OFF",
  "UNDER_REVIEW APPROVE UNDER_REVIEW",
  "UNDER_REVIEW RETURN RETURNED",
  "UNDER_REVIEW REJECT REJECTED",
  "UNDER_REVIEW TRANSFER UNDER_REVIEW",
  "UNDER_REVIEW ADD_APPROVER UNDER_REVIEW",
  "UNDER_REVIEW CHOOSE_PLACES UNDER_REVIEW",
  "UNDER_REVIEW REMIND UNDER_REVIEW",
  "UNDER_REVIEW WITHDRAW WITHDRAWN",
  "UNDER_REVIEW GRANT PROVISIONING",
  "UNDER_REVIEW ESCALATE UNDER_REVIEW",
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

/** Who may do what where, for everybody in PEOPLE: written by hand, so that a right that appears or vanishes is seen. */
const MEANT: { readonly [S in RequestState]?: { readonly [A in RequestAction]?: readonly Name[] } } = {
  DRAFT: {
    EDIT: ['APPLICANT', 'HEAD'],
    SEND_FOR_SIGN_OFF: ['APPLICANT', 'HEAD'],
    WITHDRAW: ['APPLICANT', 'HEAD'],
  },
  AWAITING_SIGN_OFF: {
    SUBMIT: ['HEAD'],
    RETURN: ['HEAD'],
    TRANSFER: ['HEAD'],
    REMIND: ['APPLICANT', 'HEAD'],
    WITHDRAW: ['APPLICANT', 'HEAD'],
  },
  UNDER_REVIEW: {
    APPROVE: ['ACCEPTANCE'],
    RETURN: ['ACCEPTANCE'],
    REJECT: ['ACCEPTANCE'],
    TRANSFER: ['ACCEPTANCE'],
    ADD_APPROVER: ['ACCEPTANCE'],
    REMIND: ['APPLICANT', 'HEAD'],
    WITHDRAW: ['APPLICANT', 'HEAD'],
  },
  RETURNED: {
    EDIT: ['APPLICANT', 'HEAD'],
    SEND_FOR_SIGN_OFF: ['APPLICANT', 'HEAD'],
    WITHDRAW: ['APPLICANT', 'HEAD'],
  },
};

describe('decideAct', () => {
  it.each(REQUEST_STATES.flatMap((state) => REQUEST_ACTIONS.map((action) => [state, action] as const)))(
    'in %s lets exactly those do %s who are meant, and nobody what the table has not',
    (state, action) => {
      const to = after(state, action);
      for (const [name, person] of Object.entries(PEOPLE)) {
        const may = MEANT[state]?.[action]?.includes(name as Name) ?? false;
        // A draft of another department is as unknown as none.
        const strange = state === 'DRAFT' && name !== 'APPLICANT' && name !== 'HEAD';
        const refused = to === undefined ? 'ILLEGAL_TRANSITION' : 'NOT_PERMITTED';
        const expected = may ? to : strange ? 'UNKNOWN_REFERENCE' : refused;
        expect([name, inState(person, state, action)]).toEqual([name, expected]);
      }
    },
  );

  it("lets a vendor's staff draft what it is bound to, and tells it who sends", () => {
    const vendor = {
      ...viewer('vendor', ['VENDOR_STAFF']),
      boundSystems: [{ systemId: 'system', departmentId: 'dep' }],
    };
    const draft = request({ state: 'DRAFT' });
    const approval = approvalOf(vendor, null);
    expect(outcome(vendor, draft, 'EDIT', approval)).toBe('DRAFT');
    for (const state of ['DRAFT', 'RETURNED'] as const)
      expect(outcome(vendor, request({ state }), 'SEND_FOR_SIGN_OFF', approval)).toBe('NOT_PERMITTED');
    expect(availableActions(vendor, draft, approval)).toEqual([
      { action: 'EDIT', disabledReason: null },
      {
        action: 'SEND_FOR_SIGN_OFF',
        disabledReason: { zh: expect.stringContaining('经办人或信息化负责人'), en: expect.any(String) },
      },
    ]);
    expect([vendor, APPLICANT, HEAD].map((person) => draftsOnly(person, draft))).toEqual([true, false, false]);
    for (const action of REQUEST_ACTIONS.filter((one) => one !== 'EDIT' && one !== 'REMIND'))
      for (const state of REQUEST_STATES)
        expect(inState(vendor, state, action)).toMatch(/^(NOT_PERMITTED|ILLEGAL_TRANSITION|UNKNOWN_REFERENCE)$/);
  });

  it('signs the seat that was chosen, the first where none was, and none that is not his', () => {
    const both = viewer('both', ['CENTER_REVIEWER', 'CAPACITY_ALLOCATOR'], null);
    const round = coSigned();
    const approval = approvalOf(both, round);
    const seats = (round.steps.find(({ state }) => state === 'CURRENT')?.seats ?? []).map(({ id }) => id);
    const signs = (seatId: string | null) => decideAct(both, request(), 'APPROVE', { ...now, seatId }, approval);
    expect(seatChoices(round, request(), approval.voices).map(({ seat, role }) => [seat.id, role])).toEqual([
      [seats[0], 'CENTER_REVIEWER'],
      [seats[1], 'CAPACITY_ALLOCATOR'],
    ]);
    for (const [wanted, got] of [
      [null, seats[0]],
      [seats[0], seats[0]],
      [seats[1], seats[1]],
    ] as const) {
      const allowed = signs(wanted ?? null);
      expect(allowed.ok && allowed.value.standing?.seat.id).toBe(got);
    }
    for (const strange of [seats[2] ?? '', 'no-seat'])
      expect(signs(strange)).toMatchObject({ error: [{ code: 'NOT_PERMITTED', path: ['seatId'], reason: 'seat' }] });
    // Whoever has one seat to give chooses nothing.
    expect(seatChoices(round, request(), [own(REVIEWER)])).toEqual([]);
  });

  it('refuses every signature by the applicant, whatever roles he holds', () => {
    const both = viewer('applicant', ['APPLICANT', 'DEPARTMENT_HEAD', 'CENTER_ACCEPTANCE']);
    for (const action of ['SUBMIT', 'RETURN'] as const)
      expect(inState(both, 'AWAITING_SIGN_OFF', action)).toBe('NOT_PERMITTED');
    for (const action of ['APPROVE', 'RETURN', 'REJECT'] as const)
      expect(inState(both, 'UNDER_REVIEW', action)).toBe('NOT_PERMITTED');
  });

  it('refuses a second signature in the round by anybody, whatever roles he holds', () => {
    const headToo = viewer('head', ['DEPARTMENT_HEAD', 'CENTER_ACCEPTANCE']);
    for (const action of ['APPROVE', 'RETURN', 'REJECT'] as const)
      expect(inState(headToo, 'UNDER_REVIEW', action)).toBe('NOT_PERMITTED');
  });

  it('lets each role take its own step and no other', () => {
    const third = signedBy(HEAD, ACCEPTANCE);
    expect(outcome(REVIEWER, request(), 'APPROVE', approvalOf(REVIEWER, third))).toBe('UNDER_REVIEW');
    expect(outcome(ACCEPTANCE, request(), 'APPROVE', approvalOf(ACCEPTANCE, third))).toBe('NOT_PERMITTED');
  });

  it('lets a delegate sign in the other name, but neither his own request nor twice, nor for whom has signed', () => {
    const delegate = viewer('delegate', [], null);
    const round = signedBy(HEAD);
    const as = (person: Viewer, of: Viewer, more: Partial<RequestFacts> = {}) =>
      outcome(person, request(more), 'APPROVE', approvalOf(person, round, of));
    expect(as(delegate, ACCEPTANCE)).toBe('UNDER_REVIEW');
    expect(as(APPLICANT, ACCEPTANCE)).toBe('NOT_PERMITTED');
    expect(as(HEAD, ACCEPTANCE)).toBe('NOT_PERMITTED');
    expect(as(delegate, ACCEPTANCE, { applicantId: 'acceptance' })).toBe('NOT_PERMITTED');
    const headToo = viewer('head', ['DEPARTMENT_HEAD', 'CENTER_ACCEPTANCE']);
    expect(as(delegate, headToo)).toBe('NOT_PERMITTED');
    const allowed = decideAct(delegate, request(), 'APPROVE', now, approvalOf(delegate, round, ACCEPTANCE));
    expect(allowed.ok && allowed.value.standing?.voice.userId).toBe('acceptance');
  });

  it('follows a step that was handed on: only the one it was handed to', () => {
    const colleague = viewer('colleague', ['CENTER_ACCEPTANCE'], null);
    const round = signedBy(HEAD);
    const seat = round.steps[1]?.seats[0];
    const handed = transfer(round, seat?.id ?? '', { id: 'colleague', name: 'colleague' });
    expect(outcome(ACCEPTANCE, request(), 'APPROVE', approvalOf(ACCEPTANCE, handed))).toBe('NOT_PERMITTED');
    expect(outcome(colleague, request(), 'APPROVE', approvalOf(colleague, handed))).toBe('UNDER_REVIEW');
  });

  it('lets who was added sign without any role, and the step wait for him', () => {
    const added = addApprover(
      signedBy(HEAD),
      {
        where: 'BEFORE',
        person: { id: 'stranger', name: 'stranger' },
        addedBy: { id: 'acceptance', name: 'acceptance' },
        title: { zh: '加签', en: 'added' },
      },
      NOW,
      due,
      newId,
    );
    expect(outcome(STRANGER, request(), 'APPROVE', approvalOf(STRANGER, added))).toBe('UNDER_REVIEW');
    expect(outcome(ACCEPTANCE, request(), 'APPROVE', approvalOf(ACCEPTANCE, added))).toBe('NOT_PERMITTED');
  });

  it('lets whom a late step was escalated to hand it on, and nothing else of it', () => {
    const late = escalated(signedBy(HEAD), NOW);
    expect(outcome(LEADER, request(), 'TRANSFER', approvalOf(LEADER, late))).toBe('UNDER_REVIEW');
    for (const action of ['APPROVE', 'RETURN', 'REJECT', 'ADD_APPROVER'] as const)
      expect(outcome(LEADER, request(), action, approvalOf(LEADER, late))).toBe('NOT_PERMITTED');
  });

  it('refuses to decide on an older version than the newest', () => {
    const approval = approvalOf(ACCEPTANCE, signedBy(HEAD));
    expect(decideAct(ACCEPTANCE, request(), 'APPROVE', { ...now, expectedVersion: 2 }, approval)).toMatchObject({
      ok: false,
      error: [{ code: 'VERSION_CONFLICT', expected: 2, current: 3 }],
    });
  });

  it('wants a word of whoever signs, whichever way, and no novel', () => {
    const approval = approvalOf(ACCEPTANCE, signedBy(HEAD));
    const wish = (opinion: string | null) => ({ ...now, opinion });
    for (const action of ['APPROVE', 'RETURN', 'REJECT'] as const)
      for (const opinion of [null, '', '   ', '\u3000', '\u200b\u2060', '长'.repeat(501)])
        expect(decideAct(ACCEPTANCE, request(), action, wish(opinion), approval)).toMatchObject({
          error: [{ code: 'INVALID_INPUT', path: ['opinion'] }],
        });
    for (const opinion of ['同意', '。', 'ok', '长'.repeat(500)])
      expect(decideAct(ACCEPTANCE, request(), 'APPROVE', wish(opinion), approval).ok).toBe(true);
    const signOff = (opinion: string | null) =>
      decideAct(HEAD, request({ state: 'AWAITING_SIGN_OFF' }), 'SUBMIT', wish(opinion), approvalOf(HEAD, signedBy()));
    expect(signOff(' ')).toMatchObject({ error: [{ code: 'INVALID_INPUT', path: ['opinion'] }] });
    expect(signOff('同意').ok).toBe(true);
    // Whoever takes back, hands on or reminds owes no reason.
    expect(decideAct(APPLICANT, request(), 'WITHDRAW', wish(null), approval).ok).toBe(true);
  });

  it("wants the experts' opinion as a file where the step needs one, to approve only", () => {
    const approval = approvalOf(REVIEWER, signedBy(HEAD, ACCEPTANCE));
    const wish = { ...now, fileId: null };
    expect(decideAct(REVIEWER, request(), 'APPROVE', wish, approval)).toMatchObject({
      error: [{ code: 'INVALID_INPUT', path: ['fileId'], rule: 'required' }],
    });
    expect(decideAct(REVIEWER, request(), 'RETURN', wish, approval).ok).toBe(true);
    expect(decideAct(REVIEWER, request(), 'APPROVE', now, approval).ok).toBe(true);
  });

  it('lets the allocator choose places at his own step, with a reason, and nobody else', () => {
    const allocator = viewer('allocator', ['CAPACITY_ALLOCATOR'], null);
    const at = signedBy(HEAD, ACCEPTANCE, REVIEWER);
    const chosen = (person: Viewer, opinion: string | null, round: Round | null) =>
      decideAct(person, request(), 'CHOOSE_PLACES', { ...now, opinion }, approvalOf(person, round));
    expect(chosen(allocator, '另一资源池更空', at).ok).toBe(true);
    expect(chosen(allocator, ' ', at)).toMatchObject({ error: [{ code: 'INVALID_INPUT', path: ['opinion'] }] });
    expect(chosen(REVIEWER, '另一资源池更空', signedBy(HEAD, ACCEPTANCE))).toMatchObject({
      error: [{ code: 'NOT_PERMITTED' }],
    });
    const actions = (person: Viewer, round: Round | null) =>
      availableActions(person, request(), approvalOf(person, round)).map(({ action }) => action);
    expect(actions(allocator, at)).toContain('CHOOSE_PLACES');
    expect(actions(REVIEWER, signedBy(HEAD, ACCEPTANCE))).not.toContain('CHOOSE_PLACES');
  });

  it('lets nobody remind twice in a working day', () => {
    const approval = { ...approvalOf(APPLICANT, signedBy(HEAD)), remindedToday: true };
    expect(outcome(APPLICANT, request(), 'REMIND', approval)).toBe('NOT_PERMITTED');
  });
});

describe('availableActions', () => {
  const named = (person: Viewer, round: Round | null, more: Partial<RequestFacts> = {}) =>
    availableActions(person, request(more), approvalOf(person, round)).map((a) => [
      a.action,
      a.disabledReason === null,
    ]);

  it("names the legal acts of this person's kind, with the reason where not this one", () => {
    expect(named(APPLICANT, signedBy(HEAD))).toEqual([
      ['REMIND', true],
      ['WITHDRAW', true],
    ]);
    const headToo = viewer('head', ['CENTER_ACCEPTANCE'], null);
    expect(named(headToo, signedBy(HEAD))).toEqual([
      ['APPROVE', false],
      ['RETURN', false],
      ['REJECT', false],
      ['TRANSFER', false],
      ['ADD_APPROVER', false],
    ]);
    expect(named(REVIEWER, signedBy(HEAD))).toEqual([]);
  });

  it('has none where a life has ended', () => {
    for (const state of ['REJECTED', 'WITHDRAWN', 'EXPIRED', 'CLOSED'] as const)
      for (const person of Object.values(PEOPLE))
        expect(availableActions(person, request({ state }), NO_APPROVAL)).toEqual([]);
  });
});

describe('roles of steps', () => {
  it('decide for their own department, their own city or the province', () => {
    expect(['DEPARTMENT_HEAD', 'CITY_ADMINISTRATOR', 'LEADER'].map((r) => scopeOfStepRole(r as StepRole))).toEqual([
      'OWN_DEPARTMENT',
      'OWN_CITY',
      'PROVINCE',
    ]);
  });
});
