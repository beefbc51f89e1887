import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import type { ExtensionMove, ExtensionState } from './domain/extension.js';

export function unknownExtension(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['id'],
    message: say('找不到这份延期申请', 'There is no such extension'),
  };
}

export function waitsAlready(): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: [],
    reason: 'EXTENSION_WAITS',
    message: say('已有一份延期申请在审批中', 'An extension already waits for the center'),
  };
}

export function ownWish(): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: [],
    reason: 'OWN_WISH',
    message: say('不能审批本人提出的延期', 'Nobody decides on his own wish'),
  };
}

export function alreadyOver(until: string): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: [],
    reason: 'ALREADY_OVER',
    message: say(
      `申请的到期日 ${until} 已过，请退回重新申请`,
      `The day asked for (${until}) is over; refuse it and let it be asked anew`,
    ),
  };
}

/** Of a line: only what still runs is lengthened. */
export function givenBack(): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: [],
    reason: 'GIVEN_BACK',
    message: say(
      '申请延期的明细已退还，无可延长；请选“不批准”结束这份申请',
      'What it asks for was given back, so there is nothing to lengthen; refuse it to close the wish',
    ),
  };
}

export function answered(state: ExtensionState, action: ExtensionMove): Refusal {
  return {
    code: 'ILLEGAL_TRANSITION',
    path: [],
    state,
    action,
    message: say('这份延期申请已办结', 'This extension has been answered'),
  };
}

export function conflict(expected: number, current: number): Refusal {
  return {
    code: 'VERSION_CONFLICT',
    path: ['expectedVersion'],
    expected,
    current,
    message: say('这份延期申请刚刚变化，请核对后再操作', 'The extension has just changed; look again before you act'),
  };
}
