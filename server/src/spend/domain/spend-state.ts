/** Decides the life of what is entered about spend: entered by one, confirmed by another, and never edited after. */
import { say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import type { Result } from '../../kernel/result.js';
import { decideAsSecond, type SecondWish, type SecondWords } from '../../kernel/second-person.js';
import { checkedTable } from '../../kernel/state-machine.js';

export const SPEND_STATES = ['ENTERED', 'CONFIRMED', 'WITHDRAWN'] as const;
export type SpendState = (typeof SPEND_STATES)[number];

export const SPEND_ACTIONS = ['CONFIRM', 'WITHDRAW'] as const;
export type SpendAction = (typeof SPEND_ACTIONS)[number];

/** RETURN is a withdrawal with a reason: what was wrong is entered anew, so that both can be read later. */
const spendTable = checkedTable<SpendState, 'APPROVE' | 'RETURN' | 'WITHDRAW'>({
  name: 'spend',
  states: SPEND_STATES,
  initial: 'ENTERED',
  actions: ['APPROVE', 'RETURN', 'WITHDRAW'],
  transitions: {
    ENTERED: { APPROVE: 'CONFIRMED', RETURN: 'WITHDRAWN', WITHDRAW: 'WITHDRAWN' },
    CONFIRMED: {},
    WITHDRAWN: {},
  },
});

const WORDS: SecondWords = {
  over: say(
    '这一笔已经办结：确认后不能更改，只能用冲销更正',
    'This has been decided: once confirmed it is corrected by a reversal only',
  ),
  own: {
    reason: 'OWN_ENTRY',
    message: say('录入人不能复核自己录入的内容', 'Nobody confirms what they entered themselves'),
  },
  changed: say('这一笔刚被他人办理，请刷新后再看', 'Somebody has just decided this; look again'),
};

export interface Entered {
  readonly state: SpendState;
  readonly version: number;
  readonly enteredById: string | null;
}

export function decideSpend(
  userId: string,
  { enteredById, state, version }: Entered,
  action: SpendAction,
  expectedVersion: number,
): Result<SpendState, readonly Refusal[]> {
  const wish: SecondWish = { expectedVersion };
  const prepared = { state, version, preparedByIds: [enteredById] };
  return decideAsSecond(spendTable, WORDS, userId, prepared, action === 'CONFIRM' ? 'APPROVE' : 'WITHDRAW', wish);
}
