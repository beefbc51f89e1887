import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decideView, freePlace, STATE_BYTES_MAX, VIEWS_PER_LIST_MAX } from './saved-view.js';

const rulesOf = (wish: Partial<Parameters<typeof decideView>[0]>): string[] => {
  const decided = decideView({ list: 'cabinets', name: '本周', state: '{}', ...wish });
  return decided.ok ? [] : decided.error.map((refusal) => (refusal.code === 'INVALID_INPUT' ? refusal.rule : '?'));
};

describe('decideView', () => {
  it('keeps a trimmed name and a compact state', () => {
    const decided = decideView({ list: 'cabinets', name: ' 本周 ', state: '{ "a": [1, 2] }' });
    expect(decided).toEqual({ ok: true, value: { list: 'cabinets', name: '本周', state: '{"a":[1,2]}' } });
  });

  it.each([
    [{ list: '../x' }, 'listName'],
    [{ name: '   ' }, 'length'],
    [{ name: 'x'.repeat(61) }, 'length'],
    [{ state: '[]' }, 'jsonObject'],
    [{ state: 'null' }, 'jsonObject'],
    [{ state: '{' }, 'jsonObject'],
    [{ state: JSON.stringify({ a: 'x'.repeat(STATE_BYTES_MAX) }) }, 'size'],
    [{ state: JSON.stringify({ a: '集'.repeat(STATE_BYTES_MAX / 3) }) }, 'size'],
  ] as const)('refuses %j', (wish, rule) => expect(rulesOf(wish)).toEqual([rule]));

  it('says everything that is wrong at once', () =>
    expect(rulesOf({ list: '', name: '', state: '' })).toEqual(['listName', 'length', 'jsonObject']));
});

describe('freePlace', () => {
  it('is the lowest that nobody has, and none when all are taken', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: VIEWS_PER_LIST_MAX })), (taken) => {
        const place = freePlace(taken);
        if (taken.length === VIEWS_PER_LIST_MAX) return place === undefined;
        const lower = Array.from({ length: (place ?? 0) - 1 }, (_, index) => index + 1);
        return place !== undefined && !taken.includes(place) && lower.every((p) => taken.includes(p));
      }),
    );
  });
});
