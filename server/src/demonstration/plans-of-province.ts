import { accountingYear, addDays, calendarDate, startOfDay } from '../kernel/calendar.js';
import type { PlanAction, PlanState } from '../plans/domain/plan-state.js';
import { ADDITION_FROM_FEN, type YearWish } from '../plans/domain/plan-year.js';
import type { PastPlan } from '../plans/past-plans.service.js';
import type { MadeUpPlan } from './made-up-plans.js';

const REVIEWER = '许正阳';
const AUTHORITY = '朱明哲';
const CITY = '范嘉木';
const OFFICIAL_DAYS = 4;
const CODE_DIGITS = 6;
/** The window of the year to come is open when the demonstration begins, whatever the day. */
const OPENED_DAYS_AGO = 45;
const CLOSES_IN_DAYS = 40;

export function yearsOfProvince(now: Date): YearWish[] {
  const [year, today] = [accountingYear(now), calendarDate(now)];
  const past = (of: number): YearWish => ({
    year: of,
    opensOn: `${of - 1}-10-15`,
    closesOn: `${of - 1}-12-15`,
    additionFromFen: ADDITION_FROM_FEN,
    note: '',
  });
  return [
    past(year - 1),
    past(year),
    {
      ...past(year + 1),
      opensOn: addDays(today, -OPENED_DAYS_AGO),
      closesOn: addDays(today, CLOSES_IN_DAYS),
      note: '按系统填报全年总需求（含在用）；双活、灾备份额由平台自动折算。',
    },
  ];
}

/** With codes and days of the year in which the demonstration is loaded. */
export function plansOfProvince(plans: readonly MadeUpPlan[], now: Date): PastPlan[] {
  const numbers = new Map<string, number>();
  return plans.map((plan): PastPlan => {
    const year = accountingYear(now) + plan.yearsAhead;
    const prefix = `${plan.kind === 'ANNUAL' ? 'JH' : 'ZJ'}-${year}`;
    const number = (numbers.get(prefix) ?? 0) + 1;
    numbers.set(prefix, number);
    const begun = begunOn(plan, year, now);
    const steps = stepsOf(plan, begun, now);
    const approved = plan.state === 'APPROVED';
    return {
      code: `${prefix}-${String(number).padStart(CODE_DIGITS, '0')}`,
      kind: plan.kind,
      year,
      departmentId: plan.departmentId,
      state: plan.state,
      stateSince: steps.at(-1)?.at ?? begun,
      round: steps.length > 0 ? 1 : 0,
      reason: plan.reason,
      authorIds: [],
      createdAt: begun,
      createdByName: plan.author,
      // Those of the year to come follow when it begins; limits of the demonstration have been set by hand.
      quotasSetAt: approved && plan.yearsAhead <= 0 ? (steps.at(-1)?.at ?? begun) : null,
      lines: plan.lines,
      steps,
    };
  });
}

/** The number behind the last of each year's codes, by prefix and year: new codes come after them. */
export function lastNumbers(plans: readonly PastPlan[]): { prefix: string; year: number; number: number }[] {
  return [...Map.groupBy(plans, ({ code }) => code.slice(0, code.lastIndexOf('-')))].map(([head, of]) => ({
    prefix: head.slice(0, 2),
    year: Number(head.slice(3)),
    number: of.length,
  }));
}

function begunOn({ kind, yearsAhead }: MadeUpPlan, year: number, now: Date): Date {
  if (yearsAhead === 1) return startOfDay(addDays(calendarDate(now), -OPENED_DAYS_AGO + 5));
  const day = kind === 'ANNUAL' ? `${year - 1}-10-20` : `${year}-01-10`;
  const at = startOfDay(day);
  return at < now ? at : startOfDay(addDays(calendarDate(now), -1));
}

const WAY: readonly (readonly [PlanAction, from: PlanState, to: PlanState])[] = [
  ['SUBMIT', 'DRAFT', 'AWAITING_SIGN_OFF'],
  ['SIGN_OFF', 'AWAITING_SIGN_OFF', 'CITY_REVIEW'],
  ['PASS', 'CITY_REVIEW', 'CENTER_REVIEW'],
  ['ACCEPT', 'CENTER_REVIEW', 'AWAITING_APPROVAL'],
  ['APPROVE', 'AWAITING_APPROVAL', 'APPROVED'],
];

function stepsOf(plan: MadeUpPlan, begun: Date, now: Date): PastPlan['steps'] {
  const steps: PastPlan['steps'][number][] = [];
  const by: { readonly [A in PlanAction]?: string } = {
    SUBMIT: plan.author,
    SIGN_OFF: plan.head,
    PASS: CITY,
    ACCEPT: REVIEWER,
    APPROVE: AUTHORITY,
  };
  const step = (action: PlanAction, fromState: PlanState, toState: PlanState, opinion: string | null) => {
    const day = addDays(calendarDate(begun), (steps.length + 1) * OFFICIAL_DAYS);
    const at = startOfDay(day);
    steps.push({
      round: 1,
      at: at < now ? at : now,
      actorId: null,
      actorName: action === 'RETURN' ? REVIEWER : (by[action] ?? plan.author),
      action,
      signature: action === 'RETURN' ? null : 1,
      opinion,
      fromState,
      toState,
    });
  };
  const aim = plan.state === 'RETURNED' ? 'CENTER_REVIEW' : plan.state;
  let state: PlanState = 'DRAFT';
  for (const [action, from, to] of WAY) {
    if (state === aim) break;
    if (from !== state) continue;
    const next: PlanState = action === 'SIGN_OFF' && !plan.inCity ? 'CENTER_REVIEW' : to;
    step(action, state, next, action === 'SUBMIT' ? null : '同意');
    state = next;
  }
  if (plan.state === 'RETURNED') step('RETURN', 'CENTER_REVIEW', 'RETURNED', '请补充新增节点的业务量依据');
  return steps;
}
