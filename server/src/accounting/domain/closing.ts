/** Decides in which states the close of a month stands, who may move it, and by which words it is refused. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import type { Result } from '../../kernel/result.js';
import {
  decideAsSecond,
  type Prepared,
  type SecondAction,
  type SecondWish,
  type SecondWords,
} from '../../kernel/second-person.js';
import { checkedTable } from '../../kernel/state-machine.js';
import type { Month } from './accounting-units.js';

/** 账册: the province's own, or the id of a city whose accounts are its own. */
export type Book = string;
export const PROVINCE_BOOK: Book = 'PROVINCE';

/** A month that was closed, or the reversal that opened one again. */
export const CLOSED_KINDS = ['STATEMENT', 'REVERSAL'] as const;
export type ClosedKind = (typeof CLOSED_KINDS)[number];

/**
 * FREEZING: approved by the second person, its lines are being copied to where nobody may change them. STOPPED: what was
 * approved was not what stood there any more, so nothing was closed.
 */
export const CLOSING_STATES = [
  'REQUESTED',
  'RETURNED',
  'WITHDRAWN',
  'FREEZING',
  'STOPPED',
  'CLOSED',
  'REVERSED',
] as const;
export type ClosingState = (typeof CLOSING_STATES)[number];

const CLOSING_ACTIONS = ['APPROVE', 'RETURN', 'WITHDRAW', 'FREEZE', 'STOP', 'REVERSE'] as const;
type ClosingAction = (typeof CLOSING_ACTIONS)[number];

export const closingTable = checkedTable<ClosingState, ClosingAction>({
  name: 'closing',
  states: CLOSING_STATES,
  initial: 'REQUESTED',
  actions: CLOSING_ACTIONS,
  transitions: {
    REQUESTED: { APPROVE: 'FREEZING', RETURN: 'RETURNED', WITHDRAW: 'WITHDRAWN' },
    FREEZING: { FREEZE: 'CLOSED', STOP: 'STOPPED' },
    CLOSED: { REVERSE: 'REVERSED' },
    RETURNED: {},
    WITHDRAWN: {},
    STOPPED: {},
    REVERSED: {},
  },
});

const WORDS: SecondWords = {
  over: say('该结账申请已不在待审批状态，请刷新', 'This close no longer waits for a decision; look again'),
  own: {
    reason: 'OWN_CLOSING',
    message: say('申请人不能审批自己提出的结账，请由另一人审批', 'Who asked for the close does not decide on it'),
  },
  changed: say('该结账申请刚被他人处理，请刷新后再操作', 'Somebody has just changed this close; look again'),
};

export interface WaitingClosing extends Omit<Prepared<ClosingState>, 'preparedByIds'> {
  readonly requestedById: string;
}

export function decideClosing(
  userId: string,
  { requestedById, state, version }: WaitingClosing,
  action: SecondAction,
  wish: SecondWish,
): Result<ClosingState, readonly Refusal[]> {
  return decideAsSecond(closingTable, WORDS, userId, { state, version, preparedByIds: [requestedById] }, action, wish);
}

export function periodClosed(month: Month, path: readonly string[] = ['month']): Refusal {
  return {
    code: 'PERIOD_CLOSED',
    path,
    month,
    message: say(
      `${month} 已结账或正在结账，内容不再变动；如有差错，请在未结账月份更正或申请冲销`,
      `${month} is closed or being closed and does not change any more; mistakes are corrected in an open month, or it is reversed`,
    ),
  };
}

/** Who approves signs for figures: where they moved since they were asked for, nobody signs. */
export function figuresMoved(): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: [],
    reason: 'FIGURES_MOVED',
    message: say(
      '申请提出后核算数据又有变化，本次未结账；请退回后按最新数据重新申请',
      'The figures have moved since the close was asked for, so nothing was closed; return it and ask again with what stands now',
    ),
  };
}

export const CLOSING_WORDS: { readonly [A in SecondAction]: Bilingual } = {
  APPROVE: say('批准结账', 'Approve closing'),
  RETURN: say('退回结账申请', 'Return closing'),
  WITHDRAW: say('撤回结账申请', 'Withdraw closing'),
};
