/** Decides who may do what with an adjustment of a budget: asked for by one person, approved or declined by another. */
import { say } from '../../kernel/bilingual.js';
import type { Fen } from '../../kernel/money.js';
import type { Notice } from '../../kernel/notice.js';
import type { Refusal } from '../../kernel/refusal.js';
import type { Budget } from './budget.js';

export const ADJUSTMENT_STATES = ['REQUESTED', 'APPROVED', 'DECLINED', 'WITHDRAWN'] as const;
export type AdjustmentState = (typeof ADJUSTMENT_STATES)[number];

export const ADJUSTMENT_DECISIONS = ['APPROVE', 'DECLINE', 'WITHDRAW'] as const;
export type AdjustmentDecision = (typeof ADJUSTMENT_DECISIONS)[number];

export interface Adjustment {
  readonly id: string;
  readonly budgetId: string;
  readonly departmentId: string;
  /** More, or less. */
  readonly change: Fen;
  readonly reason: string;
  readonly state: AdjustmentState;
  readonly requestedById: string;
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly note: string | null;
}

export const STATE_AFTER: { readonly [D in AdjustmentDecision]: AdjustmentState } = {
  APPROVE: 'APPROVED',
  DECLINE: 'DECLINED',
  WITHDRAW: 'WITHDRAWN',
};

const NOTE_LENGTH_MAX = 200;

/** null = it may be decided so by this person. */
export function whyNotDecided(
  adjustment: Pick<Adjustment, 'state' | 'requestedById'>,
  decision: AdjustmentDecision,
  userId: string | null,
  note: string,
): Refusal | null {
  if (adjustment.state !== 'REQUESTED')
    return {
      code: 'NOT_PERMITTED',
      path: [],
      reason: 'DECIDED_ALREADY',
      message: say('这项调整已经办结', 'This adjustment was decided already'),
    };
  const own = userId !== null && adjustment.requestedById === userId;
  if (decision === 'WITHDRAW' && !own)
    return {
      code: 'NOT_PERMITTED',
      path: [],
      reason: 'NOT_ITS_AUTHOR',
      message: say('只有提出人可以撤回', 'Only who asked for it withdraws it'),
    };
  if (decision !== 'WITHDRAW' && (own || userId === null))
    return {
      code: 'NOT_PERMITTED',
      path: [],
      reason: 'TWO_PEOPLE',
      message: say(
        '预算调整须由提出人以外的另一人审批',
        'An adjustment is approved by another person than who asked for it',
      ),
    };
  if (note.length > NOTE_LENGTH_MAX || (decision === 'DECLINE' && note.trim() === ''))
    return {
      code: 'INVALID_INPUT',
      path: ['note'],
      rule: 'length',
      message: say(
        `不同意时请填写意见，不超过 ${NOTE_LENGTH_MAX} 个字`,
        `Say why, in at most ${NOTE_LENGTH_MAX} characters`,
      ),
    };
  return null;
}

/** To those who may approve it, without who asked. */
export function adjustmentWaits(adjustment: Adjustment, budget: Budget, cityId: string | null): Notice {
  return {
    kind: 'WORK_WAITING',
    subject: { type: 'Budget', id: budget.id },
    audience: {
      roles: [
        { role: 'FINANCE', departmentId: null },
        ...(cityId === null ? [] : [{ role: 'CITY_FINANCE' as const, departmentId: cityId }]),
      ],
      except: [adjustment.requestedById],
    },
    text: say(
      `预算“${budget.name}”的调整待您审批`,
      `An adjustment of the budget ${budget.name} waits for your approval`,
    ),
    onceKey: `budget-adjustment ${adjustment.id}`,
  };
}

export function adjustmentDecided(adjustment: Adjustment, budget: Budget, state: AdjustmentState): Notice | null {
  if (state !== 'APPROVED' && state !== 'DECLINED') return null;
  return {
    kind: 'WORK_MOVED',
    subject: { type: 'Budget', id: budget.id },
    audience: { userIds: [adjustment.requestedById] },
    text:
      state === 'APPROVED'
        ? say(`预算“${budget.name}”的调整已批准`, `The adjustment of the budget ${budget.name} was approved`)
        : say(`预算“${budget.name}”的调整未获同意`, `The adjustment of the budget ${budget.name} was declined`),
    onceKey: `budget-adjustment-decided ${adjustment.id}`,
  };
}
