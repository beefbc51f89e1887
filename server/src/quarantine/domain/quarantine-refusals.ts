/** Decides whether an act on an object without a record is refused, and in which words. */
import { say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import { after, type QuarantineAction, type QuarantineState } from './quarantine-state.js';

const REASON_LENGTH_MAX = 500;

export function reasonOf(text: string): { readonly reason: string } | { readonly wrong: Refusal } {
  const reason = text.trim();
  if (reason.length >= 1 && reason.length <= REASON_LENGTH_MAX) return { reason };
  return {
    wrong: {
      code: 'INVALID_INPUT',
      path: ['reason'],
      rule: 'length',
      message: say(`请说明原因，1 至 ${REASON_LENGTH_MAX} 字`, `Give a reason of 1 to ${REASON_LENGTH_MAX} characters`),
    },
  };
}

export function unknownObject(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['id'],
    message: say('隔离清单中没有这个对象', 'There is no such object on the list'),
  };
}

/** null = the act may be done. */
export function mayDecide(
  standing: { readonly state: QuarantineState; readonly objectKind: string; readonly version: number },
  action: QuarantineAction,
  expectedVersion: number,
): Refusal | null {
  if (after(standing, action) === undefined)
    return {
      code: 'ILLEGAL_TRANSITION',
      path: [],
      state: standing.state,
      action,
      message: say('对象的状态已变，不能再这样处理', 'The object stands otherwise now; this cannot be done to it'),
    };
  if (standing.version === expectedVersion) return null;
  return {
    code: 'VERSION_CONFLICT',
    path: [],
    expected: expectedVersion,
    current: standing.version,
    message: say('刚有他人处理了这个对象，请刷新后再定', 'Somebody has just decided on it; look again first'),
  };
}
