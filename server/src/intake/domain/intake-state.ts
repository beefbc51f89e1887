/** Decides the life of an intake: who may approve, return or withdraw what was prepared. */
import { say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import { ok, type Result, refuse } from '../../kernel/result.js';
import { checkedTable, nextState } from '../../kernel/state-machine.js';

export const INTAKE_STATES = ['SUBMITTED', 'APPROVED', 'RETURNED', 'WITHDRAWN'] as const;
export type IntakeState = (typeof INTAKE_STATES)[number];

export const INTAKE_ACTIONS = ['APPROVE', 'RETURN', 'WITHDRAW'] as const;
export type IntakeAction = (typeof INTAKE_ACTIONS)[number];

/** What was returned is prepared anew: a corrected file is another intake, so that both can be read later. */
export const intakeTable = checkedTable<IntakeState, IntakeAction>({
  name: 'intake',
  states: INTAKE_STATES,
  initial: 'SUBMITTED',
  actions: INTAKE_ACTIONS,
  transitions: {
    SUBMITTED: { APPROVE: 'APPROVED', RETURN: 'RETURNED', WITHDRAW: 'WITHDRAWN' },
    APPROVED: {},
    RETURNED: {},
    WITHDRAWN: {},
  },
});

/** A sentence or two; longer reasons belong into a file. */
export const OPINION_LENGTH_MAX = 500;

export interface IntakeFacts {
  readonly state: IntakeState;
  readonly version: number;
  readonly preparedById: string | null;
  /** Who had prepared it before it was handed over. */
  readonly formerPreparerIds: readonly string[] | null;
}

export interface IntakeWish {
  readonly expectedVersion: number;
  readonly opinion?: string | null;
}

/** What is taken in is accounted from then on, so nobody approves what they prepared themselves. */
export function decideIntake(
  userId: string,
  intake: IntakeFacts,
  action: IntakeAction,
  wish: IntakeWish,
): Result<IntakeState, readonly Refusal[]> {
  const to = nextState(intakeTable, intake.state, action);
  if (to === undefined)
    return refuse([
      {
        code: 'ILLEGAL_TRANSITION',
        path: [],
        state: intake.state,
        action,
        message: say('这批纳管已经办结', 'This intake has been decided already'),
      },
    ]);
  if (action !== 'WITHDRAW' && [intake.preparedById, ...(intake.formerPreparerIds ?? [])].includes(userId))
    return refuse([
      {
        code: 'NOT_PERMITTED',
        path: [],
        reason: 'OWN_INTAKE',
        message: say('编制人不能审批自己的纳管批次', 'Nobody approves an intake that they prepared themselves'),
      },
    ]);
  if (wish.expectedVersion !== intake.version)
    return refuse([
      {
        code: 'VERSION_CONFLICT',
        path: ['expectedVersion'],
        expected: wish.expectedVersion,
        current: intake.version,
        message: say('这批纳管刚被他人更新，请刷新后再操作', 'Somebody has just changed the intake; look again'),
      },
    ]);
  const opinion = wish.opinion?.trim() ?? '';
  if (opinion.length > OPINION_LENGTH_MAX || (opinion === '' && action === 'RETURN'))
    return refuse([
      {
        code: 'INVALID_INPUT',
        path: ['opinion'],
        rule: 'length',
        message: say(
          `请填写意见，最多 ${OPINION_LENGTH_MAX} 字`,
          `Give an opinion of at most ${OPINION_LENGTH_MAX} characters`,
        ),
      },
    ]);
  return ok(to);
}
