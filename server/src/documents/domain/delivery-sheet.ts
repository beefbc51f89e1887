/** Decides the life of a delivery sheet (资源开通确认单): confirmed by the department, or objected to and answered, or confirmed by rule. */
import { say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import { checkedTable, nextState } from '../../kernel/state-machine.js';

export const SHEET_STATES = ['AWAITING', 'OBJECTED', 'CONFIRMED'] as const;
export type SheetState = (typeof SHEET_STATES)[number];
/** ANSWER: the last objection was. CONFIRM_BY_RULE: 默认确认. */
export const SHEET_MOVES = ['CONFIRM', 'OBJECT', 'ANSWER', 'CONFIRM_BY_RULE'] as const;
export type SheetMove = (typeof SHEET_MOVES)[number];

export const sheetTable = checkedTable<SheetState, SheetMove>({
  name: 'delivery sheet',
  states: SHEET_STATES,
  initial: 'AWAITING',
  actions: SHEET_MOVES,
  transitions: {
    AWAITING: { CONFIRM: 'CONFIRMED', OBJECT: 'OBJECTED', CONFIRM_BY_RULE: 'CONFIRMED' },
    // What is objected to is not confirmed, by nobody and no rule, until it was answered.
    OBJECTED: { ANSWER: 'AWAITING' },
    CONFIRMED: {},
  },
});

export const REASON_LENGTH_MAX = 500;

export function sheetCodeOf(requestCode: string): string {
  return requestCode.replace(/^[A-Z]+/, 'KT');
}

export function movedSheet(state: SheetState, move: SheetMove): SheetState | Refusal {
  const to = nextState(sheetTable, state, move);
  if (to !== undefined) return to;
  return {
    code: 'ILLEGAL_TRANSITION',
    path: [],
    state,
    action: move,
    message:
      state === 'OBJECTED'
        ? say('有异议尚未答复，不能确认', 'An objection waits to be answered; it cannot be confirmed yet')
        : say('确认单当前状态不能做这一步', 'The state of the sheet does not allow this step'),
  };
}

/** One objection a resource of the sheet, each with a reason; empty = good. */
export function wrongObjections(
  objections: readonly { readonly resourceId: string | undefined; readonly reason: string }[],
  resourceIds: readonly string[],
): Refusal[] {
  if (objections.length === 0 || objections.length > resourceIds.length)
    return [
      {
        code: 'INVALID_INPUT',
        path: ['objections'],
        rule: 'range',
        message: say('请至少对一项资源填写异议', 'Object to at least one of the resources'),
      },
    ];
  return objections.flatMap(({ resourceId, reason }, index): Refusal[] => {
    const path = (field: string) => ['objections', String(index), field];
    const twice = objections.findIndex((one) => one.resourceId === resourceId) < index;
    if (resourceId === undefined || !resourceIds.includes(resourceId) || twice)
      return [
        {
          code: 'UNKNOWN_REFERENCE',
          path: path('resourceId'),
          message: say('不是本确认单上的资源，或重复', 'No resource of this sheet, or twice'),
        },
      ];
    return wrongReason(reason, path('reason'));
  });
}

export function wrongReason(text: string, path: readonly string[]): Refusal[] {
  const length = text.trim().length;
  if (length > 0 && length <= REASON_LENGTH_MAX) return [];
  return [
    {
      code: 'INVALID_INPUT',
      path,
      rule: 'length',
      message: say(`请填写 1 至 ${REASON_LENGTH_MAX} 字`, `1 to ${REASON_LENGTH_MAX} characters`),
    },
  ];
}
