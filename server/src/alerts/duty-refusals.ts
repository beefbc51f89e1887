import { say } from '../kernel/bilingual.js';
import type { InputPath, Refusal } from '../kernel/refusal.js';

export const unknown = (...path: InputPath): Refusal => ({
  code: 'UNKNOWN_REFERENCE',
  path,
  message: say('没有这一项', 'There is no such thing'),
});

export const tooLong = (field: string, max: number): Refusal => ({
  code: 'INVALID_INPUT',
  path: [field],
  rule: 'length',
  message: say(`最多 ${max} 字`, `${max} characters at most`),
});

export const missing = (field: string, max: number): Refusal => ({
  code: 'INVALID_INPUT',
  path: [field],
  rule: 'length',
  message: say(`请填写，1 至 ${max} 字`, `Required, 1 to ${max} characters`),
});

export const changedMeanwhile = (expected: number, current: number): Refusal => ({
  code: 'VERSION_CONFLICT',
  path: ['expectedVersion'],
  ...{ expected, current },
  message: say('刚有人改过，请刷新后再试', 'Somebody has just changed it; look again first'),
});

export const notPermitted = (reason: string, zh: string, en: string): Refusal => ({
  code: 'NOT_PERMITTED',
  path: ['id'],
  reason,
  message: say(zh, en),
});
