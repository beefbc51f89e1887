import { describe, expect, it } from '@jest/globals';
import type { BudgetItemMissing } from '../../kernel/refusal.js';
import { ok, type Result, refuse } from '../../kernel/result.js';
import type { Project } from '../../systems/domain/system.js';
import type { Budget } from './budget.js';
import { centralHolder, mayPayCentrally, PROVINCE_PAYS } from './central.js';
import { payerOf, payingItem } from './payer.js';

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

  it('is the item that was named before, as long as something is reserved of it', () => {
    const payer = payerOf(project({ fundingMode: 'CENTRAL' }), none, { inForce: 'new', before: ['old'] });
    if ('unpaid' in payer) throw new Error('nobody pays');
    expect(payingItem(payer, new Set())).toBe('new');
    expect(payingItem(payer, new Set(['old', 'other']))).toBe('old');
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
