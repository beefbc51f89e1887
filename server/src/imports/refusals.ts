import { type Bilingual, say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';

export function invalid(field: string, rule: string, message: Bilingual): Refusal {
  return { code: 'INVALID_INPUT', path: field === '' ? [] : [field], rule, message };
}

export function illegal(state: string, action: string): Refusal {
  return {
    code: 'ILLEGAL_TRANSITION',
    path: [],
    state,
    action,
    message: say('导入批次的当前状态不允许此操作', 'The state of this import does not allow it'),
  };
}

export function changedSince(expected: number, current: number): Refusal {
  return {
    code: 'VERSION_CONFLICT',
    path: ['expectedVersion'],
    expected,
    current,
    message: say('页面已过期，请刷新后再试', 'The page is out of date; reload it and try again'),
  };
}
