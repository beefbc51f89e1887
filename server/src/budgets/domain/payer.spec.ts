import { describe, expect, it } from '@jest/globals';
import type { BudgetItemMissing } from '../../kernel/refusal.js';
import { ok, type Result, refuse } from '../../kernel/result.js';
import type { Project } from '../../systems/domain/system.js';
import type { Budget } from './budget.js';
import { centralHolder, mayPayCentrally, PROVINCE_PAYS } from './central.js';
import { payerOf } from './payer.js';

const project = (more: Partial<Project>) => ({ fundingMode: 'OWN_PAYS', budgetLevel: 'PROVINCE', ...more }) as Project;
const item: Result<Budget, BudgetItemMissing> = ok({ id: 'own' } as Budget);
const none: Result<Budget, BudgetItemMissing> = refuse({ code: 'BUDGET_ITEM_MISSING' } as BudgetItemMissing);

const central = { inForce: 'central', before: [] };

describe('who pays', () => {
  it('is the department’s item where it pays itself, and the center’s where finance pays', () => {
    expect(payerOf(project({}), item, central)).toEqual({ budgetId: 'own' });
    expect(payerOf(project({}), none, central)).toEqual({ unpaid: 'NO_ITEM' });
    for (const fundingMode of ['CENTRAL', 'CENTRAL_WITHIN_QUOTA'] as const) {
      expect(payerOf(project({ fundingMode }), item, central)).toEqual({ budgetId: 'central' });
      expect(payerOf(project({ fundingMode }), item, { inForce: null, before: [] })).toEqual({
        unpaid: 'NO_CENTRAL_ITEM',
      });
    }
    expect(payerOf(null, undefined, central)).toEqual({ unpaid: 'NO_PROJECT' });
  });

  it('is the item in force, with those that it has replaced, of which reservations are left', () => {
    const named = { inForce: 'new', before: ['old'] };
    expect(payerOf(project({ fundingMode: 'CENTRAL' }), none, named)).toEqual({ budgetId: 'new', before: ['old'] });
  });

  it('is the department’s item for what goes beyond the quotas, in that mode alone', () => {
    const beyond = (fundingMode: Project['fundingMode'], own: Result<Budget, BudgetItemMissing> = item) =>
      payerOf(project({ fundingMode }), own, central, true);
    expect(beyond('CENTRAL_WITHIN_QUOTA')).toEqual({ budgetId: 'own' });
    expect(beyond('CENTRAL_WITHIN_QUOTA', none)).toEqual({ unpaid: 'NO_ITEM' });
    expect([beyond('CENTRAL'), beyond('OWN_PAYS')]).toEqual([{ budgetId: 'central' }, { budgetId: 'own' }]);
  });

  it('is of the tree that the project is in, and never the province for a city or the other way round', () => {
    expect(centralHolder({ budgetLevel: 'PROVINCE' }, null)).toBe(PROVINCE_PAYS);
    for (const budgetLevel of ['CITY', 'COUNTY'] as const) {
      expect(centralHolder({ budgetLevel }, 'city')).toBe('city');
      expect(centralHolder({ budgetLevel }, null)).toBeNull();
    }
    expect(centralHolder({ budgetLevel: 'PROVINCE' }, 'city')).toBeNull();
    expect(mayPayCentrally({ grain: 'DEPARTMENT', budgetLevel: 'PROVINCE' }, null)).toBe(false);
    expect(mayPayCentrally({ grain: 'ITEM', budgetLevel: 'PROVINCE' }, 'city')).toBe(false);
    expect(mayPayCentrally({ grain: 'ITEM', budgetLevel: 'COUNTY' }, 'city')).toBe(true);
  });
});
