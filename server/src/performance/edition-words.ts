import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';

export function unknownEdition(): Refusal {
  return { code: 'UNKNOWN_REFERENCE', path: ['id'], message: say('没有这个规则版本', 'There is no such edition') };
}

export function published(number: number, action: string): Refusal {
  return {
    code: 'ILLEGAL_TRANSITION',
    path: [],
    state: 'PUBLISHED',
    action,
    message: say(
      `评价规则第 ${number} 版已发布，不能再改；请另起草稿`,
      `Edition ${number} of the rule of performance is published and stays; begin another draft`,
    ),
  };
}

export function draftThere(): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: [],
    reason: 'DRAFT_EXISTS',
    message: say('已有一份规则草稿，请先发布或放弃它', 'There is a draft of the rules already; publish or discard it'),
  };
}

export function ownDraft(): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: [],
    reason: 'OWN_DRAFT',
    message: say('不能发布自己修改的规则，请由他人发布', 'Nobody publishes rules of their own; ask another'),
  };
}

export function changedMeanwhile(expected: number, current: number): Refusal {
  return {
    code: 'VERSION_CONFLICT',
    path: ['expectedVersion'],
    expected,
    current,
    message: say(
      '规则草稿刚被他人修改，请刷新后再操作',
      'Somebody has just changed the draft of the rules; look again',
    ),
  };
}
