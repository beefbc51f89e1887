import { say } from '../kernel/bilingual.js';
import type { InputPath, Refusal } from '../kernel/refusal.js';
import { TOKENS_PER_PERSON_MAX, type TokenState } from './domain/token.js';

export function unknownToken(path: InputPath): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path,
    message: say('找不到，或您无权使用', 'There is no such thing, or it is not yours to use'),
  };
}

export function changedToken(expected: number, current: number): Refusal {
  return {
    code: 'VERSION_CONFLICT',
    path: ['expectedVersion'],
    expected,
    current,
    message: say('刚被他人更改，请刷新后再看', 'Somebody has just changed this; look again'),
  };
}

export function tokenOver(state: TokenState, action: string): Refusal {
  return {
    code: 'ILLEGAL_TRANSITION',
    path: ['id'],
    state,
    action,
    message: say('令牌已不是这个状态，请刷新', 'The token is in another state by now; look again'),
  };
}

export const ownToken = (): Refusal => ({
  code: 'NOT_PERMITTED',
  path: ['id'],
  reason: 'OWN_TOKEN',
  message: say('本人创建的令牌须由他人批准', 'A token is agreed to by another than its owner'),
});

export const tooManyTokens = (): Refusal => ({
  code: 'NOT_PERMITTED',
  path: [],
  reason: 'TOO_MANY_TOKENS',
  message: say(
    `每人最多 ${TOKENS_PER_PERSON_MAX} 个有效令牌，请先撤销不再使用的`,
    `One person has ${TOKENS_PER_PERSON_MAX} live tokens at most; revoke what is no longer used`,
  ),
});
