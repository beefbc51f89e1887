import { say } from '../kernel/bilingual.js';
import type { SignInRefused } from '../kernel/refusal.js';

export function wrongCredentials(lockedUntil: Date | null): SignInRefused {
  if (lockedUntil) return locked(lockedUntil);
  return {
    code: 'SIGN_IN_REFUSED',
    path: ['input'],
    message: say('用户名或口令不正确', 'Wrong user name or password'),
    lockedUntil: null,
  };
}

export function locked(until: Date): SignInRefused {
  return {
    code: 'SIGN_IN_REFUSED',
    path: ['input'],
    message: say('尝试次数过多，请在锁定时间过后再试', 'Too many tries; try again when the lock is over'),
    lockedUntil: until.toISOString(),
  };
}

export function busy(): SignInRefused {
  return {
    code: 'SIGN_IN_REFUSED',
    path: ['input'],
    message: say('正在登录的人太多，请稍后再试', 'Too many people are signing in; try again in a moment'),
    lockedUntil: null,
  };
}
