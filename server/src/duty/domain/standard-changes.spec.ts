import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  beyondEntry,
  ENTRIES_MAX,
  isStillApproved,
  type StandardChange,
  wrongCatalog,
  wrongCatalogDraft,
} from './standard-changes.js';

const entry = (of: Partial<StandardChange> = {}): StandardChange => ({
  ...{
    key: 'BZ-01',
    title: '更换光模块',
    plan: '切换、更换、复测',
    rollbackPlan: '切回',
    impact: 'ONE',
    urgency: 'LOW',
  },
  ...{ maxMinutes: 60, maxSubjects: 1, ...of },
});
const rulesOf = (entries: readonly StandardChange[]) =>
  wrongCatalog({ entries }).map(({ path, rule }) => `${path.at(-1)}/${rule}`);

describe('the catalog', () => {
  it('holds what is of low risk, whole, and each once', () => {
    expect(rulesOf([entry(), entry({ key: 'BZ-02' })])).toEqual([]);
    expect(rulesOf([entry(), entry()])).toEqual(['entries/twice']);
    expect(rulesOf([entry({ impact: 'WIDE', urgency: 'MEDIUM' })])).toEqual(['impact/risk']);
    expect(rulesOf([entry({ key: 'bz 1', plan: ' ', maxMinutes: 481, maxSubjects: -1 })])).toEqual([
      ...['key/form', 'plan/length', 'maxMinutes/range', 'maxSubjects/range'],
    ]);
    expect(wrongCatalogDraft(' ', { entries: Array.from({ length: ENTRIES_MAX + 1 }, () => entry()) })).toMatchObject([
      { path: ['note'] },
      { path: ['entries'] },
    ]);
    // A draft may be half made.
    expect(wrongCatalogDraft('新增', { entries: [entry({ plan: '' })] })).toEqual([]);
  });

  it('approves no longer window and no more things than its entry says', () => {
    const from = new Date('2026-12-01T00:00:00Z');
    const wish = (minutes: number, subjects: number) => ({
      ...{ plannedFrom: from, plannedTo: new Date(from.getTime() + minutes * 60_000), subjects },
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 5 }), (minutes, subjects) => {
        const paths = beyondEntry(entry({ maxSubjects: 2 }), wish(minutes, subjects)).map(({ path }) => path[0]);
        expect(paths.includes('plannedTo')).toBe(minutes > 60);
        expect(paths.includes('links')).toBe(subjects > 2);
      }),
    );
  });

  it('approves a change as long as it still says the same of it', () => {
    expect(isStillApproved(entry(), entry({ title: '换个名称', maxMinutes: 30 }))).toBe(true);
    expect(isStillApproved(entry(), entry({ plan: '另一种做法' }))).toBe(false);
    // What its author typed ends in a new line; the ticket keeps it without.
    expect(isStillApproved(entry(), entry({ plan: '切换、更换、复测\n', rollbackPlan: ' 切回 ' }))).toBe(true);
    expect(isStillApproved(entry(), undefined)).toBe(false);
  });
});
