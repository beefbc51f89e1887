import { describe, expect, it } from '@jest/globals';
import type { Budget } from '../../budgets/domain/budget.js';
import type { BudgetItemMissing } from '../../kernel/refusal.js';
import { ok, type Result, refuse } from '../../kernel/result.js';
import type { Project } from '../../systems/domain/system.js';
import { postingsOf } from './closed-use.js';
import { payerOf } from './payer.js';

const project = (more: Partial<Project>) => ({ fundingMode: 'OWN_PAYS', budgetLevel: 'PROVINCE', ...more }) as Project;
const item: Result<Budget, BudgetItemMissing> = ok({ id: 'own' } as Budget);
const none: Result<Budget, BudgetItemMissing> = refuse({ code: 'BUDGET_ITEM_MISSING' } as BudgetItemMissing);

describe('who pays', () => {
  it('is the department’s item where it pays itself, and the center’s where finance pays', () => {
    expect(payerOf(project({}), item, 'central')).toEqual({ budgetId: 'own' });
    expect(payerOf(project({}), none, 'central')).toEqual({ unpaid: 'NO_ITEM' });
    for (const fundingMode of ['CENTRAL', 'CENTRAL_WITHIN_QUOTA'] as const) {
      expect(payerOf(project({ fundingMode }), item, 'central')).toEqual({ budgetId: 'central' });
      expect(payerOf(project({ fundingMode }), item, null)).toEqual({ unpaid: 'NO_CENTRAL_ITEM' });
      // A city's accounts never enter the province's.
      expect(payerOf(project({ fundingMode, budgetLevel: 'CITY' }), item, 'central')).toEqual({
        unpaid: 'NO_CENTRAL_ITEM',
      });
    }
    expect(payerOf(null, undefined, 'central')).toEqual({ unpaid: 'NO_PROJECT' });
  });

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
