import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';

export function unknownSheet(field = 'requestId'): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: [field],
    message: say(
      '找不到这张开通确认单，或不属于您的单位',
      'There is no such delivery sheet, or it is not your department’s',
    ),
  };
}

export function notTheirs(): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: [],
    reason: 'role',
    message: say(
      '确认和异议由使用单位办理，答复由大数据中心办理',
      'The department confirms and objects; the center answers',
    ),
  };
}

export function answeredAlready(): Refusal {
  return {
    code: 'ILLEGAL_TRANSITION',
    path: ['objectionId'],
    state: 'ANSWERED',
    action: 'ANSWER',
    message: say('这项异议已经答复', 'This objection is answered already'),
  };
}

export function sheetChanged(expected: number, current: number): Refusal {
  return {
    code: 'VERSION_CONFLICT',
    path: ['expectedVersion'],
    expected,
    current,
    message: say(
      '确认单刚被他人更新，请刷新后再操作',
      'Somebody has just changed the sheet; look again before you act',
    ),
  };
}
