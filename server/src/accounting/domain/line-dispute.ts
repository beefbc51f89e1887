/** Decides in which states an objection to a statement line stands, who may move it, and what its answer charges. */
import { say } from '../../kernel/bilingual.js';
import type { Fen } from '../../kernel/money.js';
import type { Refusal } from '../../kernel/refusal.js';
import { ok, type Result, refuse } from '../../kernel/result.js';
import { checkedTable, nextState } from '../../kernel/state-machine.js';

/** KEPT: the line is right as it is, and is charged. CORRECTED: it is charged, and a correction line says the rest. */
export const DISPUTE_STATES = ['OPEN', 'WITHDRAWN', 'KEPT', 'CORRECTED'] as const;
export type DisputeState = (typeof DISPUTE_STATES)[number];

/** AMEND: a correction that was wrong itself is corrected again; what was answered before is kept beside it. */
export const DISPUTE_ACTIONS = ['WITHDRAW', 'KEEP', 'CORRECT', 'AMEND'] as const;
export type DisputeAction = (typeof DISPUTE_ACTIONS)[number];

export const disputeTable = checkedTable<DisputeState, DisputeAction>({
  name: 'line dispute',
  states: DISPUTE_STATES,
  initial: 'OPEN',
  actions: DISPUTE_ACTIONS,
  transitions: {
    OPEN: { WITHDRAW: 'WITHDRAWN', KEEP: 'KEPT', CORRECT: 'CORRECTED' },
    WITHDRAWN: {},
    KEPT: {},
    CORRECTED: { AMEND: 'CORRECTED' },
  },
});

/** A few sentences; papers belong into files. */
export const DISPUTE_TEXT_LENGTH_MAX = 500;

export interface StandingDispute {
  readonly state: DisputeState;
  readonly version: number;
  readonly raisedById: string;
  /** What the line is rated now; null = it is not there any more, or has no price. */
  readonly amount: Fen | null;
  /** What it is charged by all that people decided of it so far: of AMEND only. */
  readonly charged?: Fen | null;
}

export interface DisputeWish {
  readonly expectedVersion: number;
  readonly text: string;
  /** What the line ought to come to; of CORRECT only. */
  readonly correctedFen?: Fen | null;
}

export interface DisputeMove {
  readonly state: DisputeState;
  readonly corrected: Fen | null;
  /** What the correction line charges beside the line itself. */
  readonly adjustment: Fen;
}

export function decideDispute(
  userId: string,
  { amount, charged = null, raisedById, state, version }: StandingDispute,
  action: DisputeAction,
  { correctedFen = null, expectedVersion, text }: DisputeWish,
): Result<DisputeMove, readonly Refusal[]> {
  const to = nextState(disputeTable, state, action);
  if (to === undefined)
    return refuse([
      {
        code: 'ILLEGAL_TRANSITION',
        path: [],
        ...{ state, action },
        message: say('该异议已处理完毕，请刷新', 'This dispute is answered already; look again'),
      },
    ]);
  if (action !== 'WITHDRAW' && userId === raisedById)
    return refuse([
      {
        code: 'NOT_PERMITTED',
        path: [],
        reason: 'OWN_DISPUTE',
        message: say('提出异议的人不能自己答复', 'Who disputes a line does not answer the dispute'),
      },
    ]);
  if (expectedVersion !== version)
    return refuse([
      {
        code: 'VERSION_CONFLICT',
        path: ['expectedVersion'],
        ...{ expected: expectedVersion, current: version },
        message: say('该异议刚被他人处理，请刷新后再操作', 'Somebody has just changed this dispute; look again'),
      },
    ]);
  const wrong = action === 'WITHDRAW' ? [] : wrongText(text, ['answer']);
  if (wrong.length > 0) return refuse(wrong);
  if (action === 'WITHDRAW' || action === 'KEEP') return ok({ state: to, corrected: null, adjustment: 0n });
  const now = action === 'AMEND' ? charged : amount;
  if (now === null) return refuse([lineGone()]);
  if (correctedFen === null || correctedFen < 0n || correctedFen === now) return refuse([badAmount()]);
  return ok({ state: to, corrected: correctedFen, adjustment: correctedFen - now });
}

export function wrongText(text: string, path: readonly string[]): Refusal[] {
  const length = text.trim().length;
  if (length > 0 && length <= DISPUTE_TEXT_LENGTH_MAX) return [];
  return [
    {
      code: 'INVALID_INPUT',
      path,
      rule: length === 0 ? 'required' : 'length',
      message: say(
        `请填写理由，最多 ${DISPUTE_TEXT_LENGTH_MAX} 字`,
        `Give a reason of at most ${DISPUTE_TEXT_LENGTH_MAX} characters`,
      ),
    },
  ];
}

function lineGone(): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: ['correctedFen'],
    reason: 'LINE_GONE',
    message: say(
      '该明细已重新核算，不再是原来的一行；请维持并请部门核对新的明细',
      'The line has been rated anew and is no longer as it was: keep it, and let the department look at what it is now',
    ),
  };
}

function badAmount(): Refusal {
  return {
    code: 'INVALID_INPUT',
    path: ['correctedFen'],
    rule: 'range',
    message: say(
      '更正后的金额应为不小于 0 且不同于现计金额的整数分',
      'The corrected amount is whole fen, not negative, and other than what the line is charged now',
    ),
  };
}
