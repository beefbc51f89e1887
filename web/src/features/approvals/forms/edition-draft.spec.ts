import { describe, expect, it } from '@jest/globals';
import type { Edition } from '../chain-words';
import { draftOf, freeKey, inputOf, moved, newRule, newStep, wrongAmounts } from './edition-draft';

const title = { zh: '名', en: 'name' };
const edition: Edition = {
  id: 'e',
  number: null,
  inForce: false,
  note: '调整',
  version: 3,
  changedAt: '2026-11-29T00:00:00.000Z',
  changedBy: '甲',
  publishedAt: null,
  publishedBy: null,
  problems: [],
  rules: [
    {
      title,
      chainKey: 'standard',
      condition: {
        kinds: ['VM'],
        monthlyFrom: '5000000',
        monthlyBelow: null,
        localModes: null,
        remoteModes: null,
        departmentLevels: null,
        departmentIds: null,
        insidePlan: true,
        exceptPoor: false,
      },
    },
  ],
  chains: [{ key: 'standard', title, steps: [newStep([])] }],
};

describe('a draft in the form', () => {
  it('is sent as it came when nothing was touched', () => {
    const { note, rules, chains } = inputOf(draftOf(edition));
    expect({ note, rules, chains }).toEqual({ note: '调整', rules: edition.rules, chains: edition.chains });
  });

  it('says which amounts are none', () => {
    const draft = draftOf(edition);
    const rule = { ...newRule(draft.rules, 'standard'), fromYuan: 'viel', belowYuan: '-5' };
    expect(wrongAmounts({ ...draft, rules: [...draft.rules, rule] }, 'nein').map(({ field }) => field)).toEqual([
      'rules.1.fromYuan',
      'rules.1.belowYuan',
    ]);
    expect(wrongAmounts(draft, 'nein')).toEqual([]);
  });

  it('gives each part a key that no other has, and moves parts by one place', () => {
    expect(freeKey('step', ['step-1', 'step-3'])).toBe('step-4');
    expect(freeKey('step', ['step-2'])).toBe('step-3');
    expect(moved(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b', 'c'], 1, 1)).toEqual(['a', 'c', 'b']);
  });
});
