/** Decides in which states a statement that was put before its department stands, and when silence counts as its word. */
import { say } from '../../kernel/bilingual.js';
import type { Fen } from '../../kernel/money.js';
import type { Refusal } from '../../kernel/refusal.js';
import { checkedTable, nextState } from '../../kernel/state-machine.js';

/** DEFAULTED: nobody confirmed or disputed it in time, which counts as confirmed (视同确认). */
export const ISSUE_STATES = ['ISSUED', 'CONFIRMED', 'DEFAULTED'] as const;
export type IssueState = (typeof ISSUE_STATES)[number];

const ISSUE_ACTIONS = ['CONFIRM', 'DEFAULT', 'REISSUE'] as const;

/** What was confirmed was confirmed at an amount: once that moves, it is put before the department again. */
const issueTable = checkedTable<IssueState, (typeof ISSUE_ACTIONS)[number]>({
  name: 'statement issue',
  states: ISSUE_STATES,
  initial: 'ISSUED',
  actions: ISSUE_ACTIONS,
  transitions: {
    ISSUED: { CONFIRM: 'CONFIRMED', DEFAULT: 'DEFAULTED', REISSUE: 'ISSUED' },
    CONFIRMED: { REISSUE: 'ISSUED' },
    DEFAULTED: { CONFIRM: 'CONFIRMED', REISSUE: 'ISSUED' },
  },
});

/** What a statement comes to: lines that count, and what they are charged. */
export interface StatementFigures {
  readonly lines: number;
  readonly amount: Fen;
}

export interface Issue extends StatementFigures {
  readonly state: IssueState;
  readonly version: number;
  readonly dueAt: Date;
}

export type IssueMove = 'NONE' | 'ISSUE' | 'REISSUE' | 'DEFAULT';

/** What the worker does with a department's statement of a month that is over. */
export function moveOfIssue(issue: Issue | null, now: StatementFigures, at: Date): IssueMove {
  if (issue === null) return 'ISSUE';
  if (!sameFigures(issue, now)) return 'REISSUE';
  const passes = nextState(issueTable, issue.state, 'DEFAULT') !== undefined;
  return passes && issue.dueAt <= at ? 'DEFAULT' : 'NONE';
}

export function sameFigures(a: StatementFigures, b: StatementFigures): boolean {
  return a.lines === b.lines && a.amount === b.amount;
}

/** Confirmed at what it comes to now. */
export function isConfirmed(issue: Issue | null, now: StatementFigures): boolean {
  return issue !== null && issue.state !== 'ISSUED' && sameFigures(issue, now);
}

export function figuresMovedSinceIssue(): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: [],
    reason: 'FIGURES_MOVED',
    message: say(
      '核算数据在您查看之后有变化，未予确认；请刷新后按最新金额确认',
      'The figures moved after you looked, so nothing was confirmed; look again and confirm what stands now',
    ),
  };
}
