import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';

export function unknownEdition(): Refusal {
  return { code: 'UNKNOWN_REFERENCE', path: ['id'], message: say('没有这个参数版本', 'There is no such edition') };
}

export function published(number: number, action: string): Refusal {
  return {
    code: 'ILLEGAL_TRANSITION',
    path: [],
    state: 'PUBLISHED',
    action,
    message: say(
      `自建测算参数第 ${number} 版已启用，不能再改；请另起草稿`,
      `Edition ${number} of the assumptions is in force and stays; begin another draft`,
    ),
  };
}

export function draftThere(): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: [],
    reason: 'DRAFT_EXISTS',
    message: say(
      '已有一份参数草稿，请先启用或放弃它',
      'There is a draft of the assumptions already; put it in force or discard it',
    ),
  };
}

export function ownDraft(): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: [],
    reason: 'OWN_DRAFT',
    message: say(
      '不能启用自己修改的参数，请由他人复核启用',
      'Nobody puts assumptions of their own in force; ask another',
    ),
  };
}

export function changedMeanwhile(expected: number, current: number): Refusal {
  return {
    code: 'VERSION_CONFLICT',
    path: ['expectedVersion'],
    expected,
    current,
    message: say(
      '参数草稿刚被他人修改，请刷新后再操作',
      'Somebody has just changed the draft of the assumptions; look again',
    ),
  };
}
