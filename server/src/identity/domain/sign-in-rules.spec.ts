import { describe, expect, it } from '@jest/globals';
import { ACCOUNT_LOCKOUT, lockOf, withOneMore } from './lockout.js';
import { weaknessOf } from './password-policy.js';
import { SESSION_COOKIE, tokenOfCookies } from './session-cookie.js';
import { isLive, isSeenAgain, SESSION_LIFE_MS } from './session-life.js';
import { usernameOf } from './username.js';

const MINUTE_MS = 60_000;
const start = new Date('2026-11-24T01:00:00.000Z');
const at = (minutes: number): Date => new Date(start.getTime() + minutes * MINUTE_MS);

describe(withOneMore, () => {
  it('locks at the fifth failure and not before', () => {
    let failures = withOneMore(null, start, ACCOUNT_LOCKOUT);
    for (let n = 2; n <= 4; n += 1) {
      failures = withOneMore(failures, at(n), ACCOUNT_LOCKOUT);
      expect(failures).toEqual({ count: n, since: start, lockedUntil: null });
    }
    expect(withOneMore(failures, at(5), ACCOUNT_LOCKOUT)).toEqual({ count: 5, since: start, lockedUntil: at(20) });
  });

  it('counts anew after the window and after a lock', () => {
    const four = { count: 4, since: start, lockedUntil: null };
    expect(withOneMore(four, at(15), ACCOUNT_LOCKOUT)).toEqual({ count: 1, since: at(15), lockedUntil: null });
    const over = { count: 5, since: start, lockedUntil: at(5) };
    expect(withOneMore(over, at(5), ACCOUNT_LOCKOUT)).toEqual({ count: 1, since: at(5), lockedUntil: null });
  });
});

describe(lockOf, () => {
  it('stands until its very end', () => {
    const failures = { count: 5, since: start, lockedUntil: at(15) };
    expect(lockOf(failures, new Date(at(15).getTime() - 1))).toEqual(at(15));
    expect(lockOf(failures, at(15))).toBeNull();
    expect(lockOf(null, start)).toBeNull();
  });
});

describe(isLive, () => {
  const session = { lastSeenAt: at(0), expiresAt: new Date(start.getTime() + SESSION_LIFE_MS), endedAt: null };

  it('ends by idleness, by age and by signing out', () => {
    expect(isLive(session, new Date(at(15).getTime() - 1))).toBe(true);
    expect(isLive(session, at(15))).toBe(false);
    expect(isLive({ ...session, lastSeenAt: at(719) }, at(720))).toBe(false);
    expect(isLive({ ...session, endedAt: at(0) }, at(0))).toBe(false);
  });

  it('notes its use once a minute', () => {
    expect(isSeenAgain(session, new Date(at(1).getTime() - 1))).toBe(false);
    expect(isSeenAgain(session, at(1))).toBe(true);
  });
});

describe(tokenOfCookies, () => {
  const token = 'a'.repeat(43);
  it('finds the token among others', () => {
    expect(tokenOfCookies(`a=b; ${SESSION_COOKIE}=${token};c=d`)).toBe(token);
  });

  it.each([
    undefined,
    '',
    `${SESSION_COOKIE}=`,
    `x${SESSION_COOKIE}=${token}`,
    `${SESSION_COOKIE}=${token}=`,
    `${SESSION_COOKIE}=${token}; ${SESSION_COOKIE}=${token}`,
  ])('finds none in %j', (header) => {
    expect(tokenOfCookies(header)).toBeUndefined();
  });
});

describe(usernameOf, () => {
  it('gives one spelling', () => {
    expect(new Set(['zhang.san', ' Zhang.San', 'ＺＨＡＮＧ．san '].map(usernameOf)).size).toBe(1);
  });
});

describe(weaknessOf, () => {
  it.each([
    ['Bright-Morning-26', null],
    ['明月几时有Aa1把酒问青天', null],
    ['Short-1a', '口令长度须为 12 至 256 个字符'],
    ['alllowercaseletters', '口令须包含大写字母、小写字母、数字、其他字符中的至少三类'],
    ['SysAdmin-2026-x', '口令不得包含用户名'],
    [`Aa1-${'x'.repeat(260)}`, '口令长度须为 12 至 256 个字符'],
  ])('of %j is %j', (password, weakness) => {
    expect(weaknessOf(password, 'sysadmin')?.zh ?? null).toBe(weakness);
  });
});
