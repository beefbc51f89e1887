import { describe, expect, it } from '@jest/globals';
import { postingsOf } from './closed-use.js';

describe('what a closed document spends', () => {
  it('posts each use once an item, whatever months the document charges it with', () => {
    const base = { useId: 'a', departmentId: 'd', projectId: 'p', reservedBy: ['r'] };
    const { spent, unpaid } = postingsOf([
      { ...base, amount: 100n, payer: { budgetId: 'x' } },
      { ...base, amount: -30n, payer: { budgetId: 'x' } },
      { ...base, amount: 5n, payer: { budgetId: 'last-year' } },
      { ...base, useId: 'b', amount: 7n, payer: { unpaid: 'NO_ITEM' } },
      { ...base, useId: 'b', amount: 1n, payer: { unpaid: 'NO_ITEM' } },
    ]);
    expect(spent.map(({ budgetId, amount }) => [budgetId, amount])).toEqual([
      ['x', 70n],
      ['last-year', 5n],
    ]);
    expect(unpaid).toEqual([{ useId: 'b', departmentId: 'd', projectId: 'p', amount: 8n, why: 'NO_ITEM' }]);
  });
});
