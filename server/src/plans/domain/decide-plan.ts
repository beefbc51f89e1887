/** Decides whether somebody may act on a plan, and where it goes. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { CalendarDate } from '../../kernel/calendar.js';
import type { Refusal } from '../../kernel/refusal.js';
import { ok, type Result, refuse } from '../../kernel/result.js';
import { nextState } from '../../kernel/state-machine.js';
import { covers, type PermissionAction, type Rights, scopeFor, type TenantScope } from '../../kernel/viewer.js';
import {
  isSignature,
  PLAN_ACTIONS,
  type PlanAction,
  type PlanKind,
  type PlanMove,
  type PlanState,
  PRIVATE_STATES,
  planTable,
} from './plan-state.js';

export interface PlanFacts {
  readonly kind: PlanKind;
  readonly state: PlanState;
  readonly version: number;
  readonly departmentId: string;
  readonly year: number;
  /** A bureau's plan goes through its city. */
  readonly inCity: boolean;
  /** Whoever wrote any of it. */
  readonly authorIds: readonly string[];
  /** Whoever signed in the round that runs. */
  readonly signerIds: readonly string[];
  readonly lineCount: number;
  /** By month, of what the center accepts; null = a price is missing. */
  readonly monthlyFen: bigint | null;
  /** By month, of the year's additions that ended with the center; what is cut into small pieces is as big as the whole. */
  readonly smallBeforeFen: bigint;
}

export interface YearFacts {
  /** First and last day on which plans of the year are declared. */
  readonly opensOn: CalendarDate;
  readonly closesOn: CalendarDate;
  /** Additions that together reach this much a month are the cloud authority's to decide. */
  readonly additionFromFen: bigint;
}

export interface PlanWish {
  readonly expectedVersion: number;
  readonly opinion?: string | null;
}

/** A sentence or two; longer reasons belong into a file. */
export const OPINION_LENGTH_MAX = 500;

type Person = Rights & { readonly userId: string };

/** Whose act it is: a right, and whether it must be the province's or must not be. */
const RIGHT_OF: {
  readonly [A in PlanAction]: { readonly action: PermissionAction; readonly of: 'DEPARTMENT' | 'PROVINCE' } | null;
} = {
  SUBMIT: { action: 'CREATE', of: 'DEPARTMENT' },
  DISCARD: { action: 'CREATE', of: 'DEPARTMENT' },
  WITHDRAW: { action: 'CREATE', of: 'DEPARTMENT' },
  SIGN_OFF: { action: 'SIGN_OFF', of: 'DEPARTMENT' },
  PASS: { action: 'REVIEW', of: 'DEPARTMENT' },
  ACCEPT: { action: 'REVIEW', of: 'PROVINCE' },
  APPROVE: { action: 'SIGN_OFF', of: 'PROVINCE' },
  // By whoever has it before him.
  RETURN: null,
  REJECT: null,
};

/** Whose drafts a person sees: of those he could write in. Whoever decides sees what was sent to him. */
export function draftsOf(person: Rights): TenantScope | undefined {
  return scopeFor(person, 'PLAN', 'CREATE');
}

/** Of a plan in the viewer's scope: a draft is its department's own until it is sent. */
export function maySeePlan(person: Rights, plan: Pick<PlanFacts, 'state' | 'departmentId'>): boolean {
  return !PRIVATE_STATES.includes(plan.state) || covers(draftsOf(person), plan.departmentId);
}

/** Who decides in a state; the states of the department itself have nobody else. */
const DECIDES_IN: { readonly [S in PlanState]?: PlanAction } = {
  AWAITING_SIGN_OFF: 'SIGN_OFF',
  CITY_REVIEW: 'PASS',
  CENTER_REVIEW: 'ACCEPT',
  AWAITING_APPROVAL: 'APPROVE',
};

/** What of the table this person's rights reach at all: the buttons that are shown. */
export function actionsInReach(person: Person, plan: PlanFacts): PlanAction[] {
  return PLAN_ACTIONS.filter((action) => moveOf(action, plan, true) !== undefined && hasRight(person, action, plan));
}

export function decidePlan(
  person: Person,
  plan: PlanFacts,
  year: YearFacts,
  action: PlanAction,
  wish: PlanWish,
  today: CalendarDate,
): Result<{ readonly to: PlanState; readonly move: PlanMove }, readonly Refusal[]> {
  const small = plan.monthlyFen !== null && plan.smallBeforeFen + plan.monthlyFen < year.additionFromFen;
  const move = moveOf(action, plan, small);
  const to = move === undefined ? undefined : nextState(planTable, plan.state, move);
  if (move === undefined || to === undefined)
    return refuse([
      {
        code: 'ILLEGAL_TRANSITION',
        path: [],
        state: plan.state,
        action,
        message: say('计划已不在这个环节，请刷新后再看', 'The plan is no longer in this state; look again'),
      },
    ]);
  if (!hasRight(person, action, plan))
    return refuse([notPermitted('NOT_YOURS', say('这个环节不由您办理', 'This step is not yours'))]);
  const again = ownSignature(person, plan, action);
  if (again) return refuse([again]);
  if (wish.expectedVersion !== plan.version)
    return refuse([
      {
        code: 'VERSION_CONFLICT',
        path: ['expectedVersion'],
        expected: wish.expectedVersion,
        current: plan.version,
        message: say(
          '计划刚被他人更新，请刷新后再操作',
          'Somebody has just changed the plan; look again before you act',
        ),
      },
    ]);
  const wrong = [...wrongToSubmit(plan, year, action, today), ...wrongOpinion(action, wish)];
  return wrong.length > 0 ? refuse(wrong) : ok({ to, move });
}

function moveOf(action: PlanAction, plan: PlanFacts, small: boolean): PlanMove | undefined {
  const moves: PlanMove[] =
    action === 'SIGN_OFF'
      ? [plan.inCity ? 'SIGN_OFF_TO_CITY' : 'SIGN_OFF']
      : action === 'ACCEPT'
        ? [plan.kind === 'ADDITION' && small ? 'ACCEPT_FINALLY' : 'ACCEPT']
        : [action];
  const [move] = moves;
  return move !== undefined && nextState(planTable, plan.state, move) !== undefined ? move : undefined;
}

function hasRight(person: Person, action: PlanAction, plan: PlanFacts): boolean {
  const deciding = DECIDES_IN[plan.state];
  const right = RIGHT_OF[action] ?? (deciding ? RIGHT_OF[deciding] : null);
  if (!right) return false;
  const scope = scopeFor(person, 'PLAN', right.action);
  if (scope === undefined) return false;
  return right.of === 'PROVINCE'
    ? scope.kind === 'PROVINCE'
    : scope.kind !== 'PROVINCE' && covers(scope, plan.departmentId);
}

/** Nobody approves what he wrote, nor signs twice. */
function ownSignature(person: Person, plan: PlanFacts, action: PlanAction): Refusal | null {
  if (action === 'SUBMIT' || !isSignature(action)) return null;
  if (plan.authorIds.includes(person.userId))
    return notPermitted(
      'OWN_PLAN',
      say('编制人不能审批自己编制的计划', 'Nobody approves a plan that they wrote themselves'),
    );
  if (plan.signerIds.includes(person.userId))
    return notPermitted('SIGNED_ALREADY', say('您已在本轮签过意见', 'You have signed in this round already'));
  return null;
}

function wrongToSubmit(plan: PlanFacts, year: YearFacts, action: PlanAction, today: CalendarDate): Refusal[] {
  if (action !== 'SUBMIT') return [];
  const refusals: Refusal[] = [];
  if (plan.lineCount === 0)
    refusals.push(invalid('lines', 'required', say('计划还没有明细，请先填写', 'The plan has no lines yet')));
  // What was sent back in time may be corrected after it.
  if (plan.kind === 'ANNUAL' && plan.state === 'DRAFT' && (today < year.opensOn || today > year.closesOn))
    refusals.push(
      notPermitted(
        'WINDOW_CLOSED',
        say(
          `${plan.year} 年计划的申报期为 ${year.opensOn} 至 ${year.closesOn}；草稿已保留`,
          `Plans of ${plan.year} are declared from ${year.opensOn} to ${year.closesOn}; the draft is kept`,
        ),
      ),
    );
  return refusals;
}

function wrongOpinion(action: PlanAction, { opinion }: PlanWish): Refusal[] {
  const text = opinion?.trim() ?? '';
  if (text.length <= OPINION_LENGTH_MAX && !(text === '' && (action === 'RETURN' || action === 'REJECT'))) return [];
  return [
    invalid(
      'opinion',
      'length',
      say(`请填写意见，最多 ${OPINION_LENGTH_MAX} 字`, `Give an opinion of at most ${OPINION_LENGTH_MAX} characters`),
    ),
  ];
}

function notPermitted(reason: string, message: Bilingual): Refusal {
  return { code: 'NOT_PERMITTED', path: [], reason, message };
}

function invalid(field: string, rule: string, message: Bilingual): Refusal {
  return { code: 'INVALID_INPUT', path: [field], rule, message };
}
