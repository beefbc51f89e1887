import { say } from '../kernel/bilingual.js';
import type { InputPath, Refusal } from '../kernel/refusal.js';
import { LINKS_MAX } from './domain/ticket-links.js';

export const unknown = (...path: InputPath): Refusal => ({
  ...{ code: 'UNKNOWN_REFERENCE', path },
  message: say('没有这一项', 'There is no such thing'),
});

export const changedMeanwhile = (expected: number, current: number): Refusal => ({
  ...{ code: 'VERSION_CONFLICT', path: ['expectedVersion'], expected, current },
  message: say('刚有人改过，请刷新后再试', 'Somebody has just changed it; look again first'),
});

export const notPermitted = (reason: string, zh: string, en: string): Refusal => ({
  ...{ code: 'NOT_PERMITTED', path: ['id'], reason },
  message: say(zh, en),
});

export const tooManyLinks = (): Refusal => ({
  ...{ code: 'INVALID_INPUT', path: ['links'], rule: 'count' },
  message: say(`最多关联 ${LINKS_MAX} 项`, `${LINKS_MAX} links at most`),
});
