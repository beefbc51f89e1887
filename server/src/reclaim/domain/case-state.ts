/** Decides the life of a reclaim case: who may move it from which state to which. */
import { checkedTable } from '../../kernel/state-machine.js';

export const CASE_STATES = ['NOTICED', 'OBJECTED', 'AGREED', 'UNANSWERED', 'RECLAIMED', 'CLOSED'] as const;
export type CaseState = (typeof CASE_STATES)[number];

export const CASE_MOVES = ['OBJECT', 'AGREE', 'LAPSE', 'RECLAIM', 'CLOSE', 'SETTLE', 'UNDO'] as const;
export type CaseMove = (typeof CASE_MOVES)[number];

export const caseTable = checkedTable({
  name: 'reclaim case',
  states: CASE_STATES,
  initial: 'NOTICED',
  actions: CASE_MOVES,
  transitions: {
    // Nothing is taken while the department may still answer.
    NOTICED: { OBJECT: 'OBJECTED', AGREE: 'AGREED', LAPSE: 'UNANSWERED', CLOSE: 'CLOSED', SETTLE: 'CLOSED' },
    // An answer that comes late is still heard, until somebody has decided.
    UNANSWERED: { OBJECT: 'OBJECTED', AGREE: 'AGREED', RECLAIM: 'RECLAIMED', CLOSE: 'CLOSED', SETTLE: 'CLOSED' },
    OBJECTED: { AGREE: 'AGREED', RECLAIM: 'RECLAIMED', CLOSE: 'CLOSED', SETTLE: 'CLOSED' },
    AGREED: { RECLAIM: 'RECLAIMED', CLOSE: 'CLOSED', SETTLE: 'CLOSED' },
    // While it lies in the bin the center may take its decision back.
    RECLAIMED: { UNDO: 'CLOSED' },
    CLOSED: {},
  },
});

/** Whether it still waits for somebody; one such case a resource. */
export function isOpen(state: CaseState): boolean {
  return state !== 'RECLAIMED' && state !== 'CLOSED';
}

/**
 * IDLE: opened by a person of the center. OVERDUE_REVIEW: by the calendar, because nobody reviewed it. TERM_OVER: by the
 * calendar, because what no clock takes away stands there after its last day and the grace. POOR_GRADE: its system was
 * graded 差, and it is idle or bigger than it needs to be.
 */
export const CASE_CAUSES = ['IDLE', 'OVERDUE_REVIEW', 'TERM_OVER', 'POOR_GRADE'] as const;
export type CaseCause = (typeof CASE_CAUSES)[number];
