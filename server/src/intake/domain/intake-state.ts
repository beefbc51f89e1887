/** Decides the life of an intake: who may approve, return or withdraw what was prepared. */
import { say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import type { Result } from '../../kernel/result.js';
import {
  decideAsSecond,
  SECOND_ACTIONS,
  type SecondAction,
  type SecondWish,
  type SecondWords,
} from '../../kernel/second-person.js';
import { checkedTable } from '../../kernel/state-machine.js';

export const INTAKE_STATES = ['SUBMITTED', 'APPROVED', 'RETURNED', 'WITHDRAWN'] as const;
export type IntakeState = (typeof INTAKE_STATES)[number];

export const INTAKE_ACTIONS = SECOND_ACTIONS;
export type IntakeAction = SecondAction;

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

const WORDS: SecondWords = {
  over: say('这批纳管已经办结', 'This intake has been decided already'),
  own: {
    reason: 'OWN_INTAKE',
    message: say('编制人不能审批自己的纳管批次', 'Nobody approves an intake that they prepared themselves'),
  },
  changed: say('这批纳管刚被他人更新，请刷新后再操作', 'Somebody has just changed the intake; look again'),
};

export interface IntakeFacts {
  readonly state: IntakeState;
  readonly version: number;
  readonly preparedById: string | null;
  /** Who had prepared it before it was handed over. */
  readonly formerPreparerIds: readonly string[] | null;
}

/** What is taken in is accounted from then on, so nobody approves what they prepared themselves. */
export function decideIntake(
  userId: string,
  { formerPreparerIds, preparedById, state, version }: IntakeFacts,
  action: IntakeAction,
  wish: SecondWish,
): Result<IntakeState, readonly Refusal[]> {
  const preparedByIds = [preparedById, ...(formerPreparerIds ?? [])];
  return decideAsSecond(intakeTable, WORDS, userId, { state, version, preparedByIds }, action, wish);
}
