import { describe, expect, it } from '@jest/globals';
import {
  checkToken,
  expiryOf,
  LIFE_DAYS_MAX,
  narrowedInVain,
  PROVINCE_EXPORTS,
  refusalOf,
  shownToken,
  tokenText,
} from './token.js';

const secret = 'a'.repeat(43);
const token = tokenText({ publicId: '0123456789abcdef', secret });
const now = new Date('2026-11-29T00:00:00.000Z');
const live = { state: 'ACTIVE', expiresAt: expiryOf(now, 1), exports: ['FOCUS'] } as const;

describe('a token for exports', () => {
  it('is read from a header as it was written, and from nothing else', () => {
    expect(shownToken(`Bearer ${token}`)).toEqual({ publicId: '0123456789abcdef', secret });
    expect(shownToken(undefined)).toBeUndefined();
    for (const header of [
      ...['', 'Bearer', `Basic ${token}`, token, `Bearer  ${token}`, `Bearer ${token} `, `Bearer ${token},${token}`],
      ...[
        `Bearer ${token}x`,
        `Bearer ${token.slice(0, -1)}`,
        `Bearer ${token.toUpperCase()}`,
        `Bearer jyt_a_${secret}`,
      ],
      ...[`Bearer ${token.replace('jyt', 'jyx')}`, `Bearer ${'x'.repeat(10_000)}`, `Bearer ${token}\n`],
    ])
      expect([header, shownToken(header)]).toEqual([header, null]);
  });

  it('opens what it names, from its making until its end', () => {
    expect(refusalOf(live, 'FOCUS', now)).toBeNull();
    expect(refusalOf(live, 'COSTS', now)).toBe('EXPORT');
    expect(refusalOf(live, 'FOCUS', new Date(live.expiresAt.getTime() - 1))).toBeNull();
    expect(refusalOf(live, 'FOCUS', live.expiresAt)).toBe('EXPIRED');
    expect(refusalOf({ ...live, state: 'WAITING' }, 'FOCUS', now)).toBe('WAITING');
    expect(refusalOf({ ...live, state: 'REVOKED' }, 'FOCUS', now)).toBe('REVOKED');
    // Whatever else is the matter, what was revoked says so.
    expect(refusalOf({ ...live, state: 'REVOKED' }, 'COSTS', live.expiresAt)).toBe('REVOKED');
  });

  it('is not narrowed to a department where it opens what is the province’s: refused as it is made', () => {
    expect(narrowedInVain(['FOCUS', 'CONTRACTS', 'PAYMENTS'], null)).toEqual([]);
    expect(narrowedInVain(['FOCUS', 'STATEMENT', 'COSTS', 'BUDGETS'], 'd')).toEqual([]);
    for (const name of PROVINCE_EXPORTS)
      expect(narrowedInVain(['FOCUS', name], 'd')).toMatchObject([{ path: ['exports'], rule: 'provinceOnly' }]);
  });

  it('is asked for with a purpose, what it opens and an end', () => {
    const wish = { kind: 'PERSONAL', purpose: '月报脚本', exports: ['FOCUS'], days: 90 } as const;
    expect(checkToken(wish)).toEqual([]);
    const rules = (more: object) => checkToken({ ...wish, ...more }).map(({ path }) => path[0]);
    expect(rules({ purpose: ' ', exports: [], days: 0 })).toEqual(['purpose', 'exports', 'days']);
    expect(rules({ days: LIFE_DAYS_MAX.PERSONAL + 1 })).toEqual(['days']);
    expect(rules({ kind: 'SERVICE', days: LIFE_DAYS_MAX.SERVICE })).toEqual([]);
    expect(rules({ kind: 'SERVICE', days: LIFE_DAYS_MAX.SERVICE + 1 })).toEqual(['days']);
    expect(rules({ days: 1.5 })).toEqual(['days']);
    expect(rules({ days: Number.NaN })).toEqual(['days']);
    expect(rules({ exports: ['FOCUS', 'FOCUS'] })).toEqual(['exports']);
    expect(rules({ purpose: '长'.repeat(201) })).toEqual(['purpose']);
  });
});
