/** Decides whether a person may take a step in a reclaim case, and which steps a page offers. */
import { say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import { nextState } from '../../kernel/state-machine.js';
import { checkReason } from '../../resources/domain/release.js';
import { type CaseMove, type CaseState, caseTable } from './case-state.js';

/** What people do; LAPSE and SETTLE are the calendar's. */
export const CASE_ACTIONS = ['OBJECT', 'AGREE', 'RECLAIM', 'CLOSE', 'UNDO'] as const satisfies readonly CaseMove[];
export type CaseAction = (typeof CASE_ACTIONS)[number];

/** What a department says to many notices at once, by one reason. */
export const CASE_ANSWERS = ['OBJECT', 'AGREE'] as const satisfies readonly CaseAction[];
export type CaseAnswer = (typeof CASE_ANSWERS)[number];

/** Cases of one batch; each stands alone, so a batch is no transaction and may be as long as a screen. */
export const CASES_MAX = 50;

export interface DecidedCase {
  readonly state: CaseState;
  readonly version: number;
  readonly openedById: string | null;
  /** Who answered for the department: one who sits on both sides decides on neither's behalf. */
  readonly answererIds: readonly string[];
}

/** Whose act it is: the department that uses the resource, or the center. */
export function sideOf(action: CaseAction): 'DEPARTMENT' | 'CENTER' {
  return action === 'OBJECT' || action === 'AGREE' ? 'DEPARTMENT' : 'CENTER';
}

export function checkAct(
  reclaim: DecidedCase,
  action: CaseAction,
  actor: { readonly userId: string },
  wish: { readonly expectedVersion: number; readonly reason: string },
): Refusal[] {
  // To agree is enough of a word.
  const wrong = action === 'AGREE' && wish.reason.trim() === '' ? [] : checkReason(wish.reason);
  if (wrong.length > 0) return wrong;
  const { state } = reclaim;
  if (nextState(caseTable, state, action) === undefined)
    return [
      {
        code: 'ILLEGAL_TRANSITION',
        path: [],
        state,
        action,
        message:
          state === 'NOTICED' && action === 'RECLAIM'
            ? say('告知期未满，单位尚可答复', 'The notice still runs; the department may answer')
            : say('案件的状态不允许这一步', 'The state of the case does not allow this step'),
      },
    ];
  const own = action === 'RECLAIM' ? ownPart(reclaim, actor.userId) : null;
  if (own) return [own];
  if (wish.expectedVersion !== reclaim.version)
    return [
      {
        code: 'VERSION_CONFLICT',
        path: ['expectedVersion'],
        expected: wish.expectedVersion,
        current: reclaim.version,
        message: say('案件刚刚变化，请核对后再操作', 'The case has just changed; look again before you act'),
      },
    ];
  return [];
}

/** The department reviewed, lengthened or gave it back after the notice, a moment before somebody decides. */
export function settledMeanwhile(): Refusal {
  return notPermitted(
    'SETTLED',
    say(
      '使用单位刚刚已复核、延期或退还，案件将自动结案，未作收回决定',
      'Its department has just reviewed, extended or given it back: the case closes by itself, and nothing was decided',
    ),
  );
}

/** @param may whose side the viewer may act for. */
export function caseActions(
  reclaim: DecidedCase,
  viewerId: string,
  may: { readonly department: boolean; readonly center: boolean },
): { readonly action: CaseAction; readonly disabled: Refusal['message'] | null }[] {
  return CASE_ACTIONS.filter(
    (action) =>
      nextState(caseTable, reclaim.state, action) !== undefined &&
      (sideOf(action) === 'DEPARTMENT' ? may.department : may.center),
  ).map((action) => ({
    action,
    disabled: action === 'RECLAIM' ? (ownPart(reclaim, viewerId)?.message ?? null) : null,
  }));
}

/** Why this person may not decide: he had a part in the case already; null = he had none. */
function ownPart({ openedById, answererIds }: DecidedCase, personId: string): Refusal | null {
  if (openedById === personId)
    return notPermitted(
      'OWN_CASE',
      say('发起人不能决定收回，请由他人决定', 'Who opened the case does not decide it; another must'),
    );
  if (answererIds.includes(personId))
    return notPermitted(
      'OWN_ANSWER',
      say('代单位答复的人不能决定收回，请由他人决定', 'Who answered for the department does not decide; another must'),
    );
  return null;
}

function notPermitted(reason: string, message: Refusal['message']): Refusal {
  return { code: 'NOT_PERMITTED', path: [], reason, message };
}
