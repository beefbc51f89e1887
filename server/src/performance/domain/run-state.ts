/** Decides in which states a run of evaluation (绩效评价批次) stands, and who may move it. */
import { say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import type { Result } from '../../kernel/result.js';
import { decideAsSecond, type SecondAction, type SecondWish, type SecondWords } from '../../kernel/second-person.js';
import { checkedTable } from '../../kernel/state-machine.js';

/** GATHERING: the worker reads the records. PREPARED: graded, and waits for another person. */
export const RUN_STATES = ['GATHERING', 'PREPARED', 'PUBLISHED', 'RETURNED', 'WITHDRAWN'] as const;
export type RunState = (typeof RUN_STATES)[number];

export const runTable = checkedTable<RunState, SecondAction | 'GATHER'>({
  name: 'run of evaluation',
  states: RUN_STATES,
  initial: 'GATHERING',
  actions: ['APPROVE', 'RETURN', 'WITHDRAW', 'GATHER'],
  transitions: {
    GATHERING: { GATHER: 'PREPARED', WITHDRAW: 'WITHDRAWN' },
    PREPARED: { APPROVE: 'PUBLISHED', RETURN: 'RETURNED', WITHDRAW: 'WITHDRAWN' },
    PUBLISHED: {},
    RETURNED: {},
    WITHDRAWN: {},
  },
});

const WORDS: SecondWords = {
  over: say('该评价批次已不在待审定状态，请刷新', 'This run no longer waits for a decision; look again'),
  own: {
    reason: 'OWN_EVALUATION',
    message: say('组织评价的人不能审定自己的评价，请由他人审定', 'Who evaluated does not publish it; ask another'),
  },
  changed: say('该评价批次刚被他人处理，请刷新后再操作', 'Somebody has just changed this run; look again'),
};

export function decideRun(
  userId: string,
  run: { readonly state: RunState; readonly version: number; readonly preparedById: string },
  action: SecondAction,
  wish: SecondWish,
): Result<RunState, readonly Refusal[]> {
  return decideAsSecond(runTable, WORDS, userId, { ...run, preparedByIds: [run.preparedById] }, action, wish);
}
