/** Decides by which words a close or a reversal is refused before anybody decides on it. */
import { say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import { OPINION_LENGTH_MAX } from '../../kernel/second-person.js';
import type { ClosingState } from './closing.js';

export function unknownClosing(): Refusal {
  return { code: 'UNKNOWN_REFERENCE', path: ['id'], message: say('没有这项结账', 'There is no such close') };
}

export function unknownBook(): Refusal {
  return { code: 'UNKNOWN_REFERENCE', path: ['cityId'], message: say('没有这本账册', 'There is no such book') };
}

export function waitsAlready(): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: [],
    reason: 'WAITS_ALREADY',
    message: say('该月已有待审批的申请', 'Somebody has asked for it already; it waits for a decision'),
  };
}

export function reasonMissing(): Refusal {
  return {
    code: 'INVALID_INPUT',
    path: ['reason'],
    rule: 'length',
    message: say(
      `请填写冲销原因，最多 ${OPINION_LENGTH_MAX} 字`,
      `Say why, in at most ${OPINION_LENGTH_MAX} characters`,
    ),
  };
}

export function notClosed(row: { readonly state: ClosingState } | null): Refusal {
  return {
    code: 'ILLEGAL_TRANSITION',
    path: [],
    ...{ state: row?.state ?? 'NONE', action: 'REVERSE' },
    message: say('该月未处于已结账状态，无需冲销', 'The month is not closed, so there is nothing to reverse'),
  };
}
