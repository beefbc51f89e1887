import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;
const lists: UpdateResolver = (_result, _args, cache) =>
  invalidateQueries(cache, [
    'budgets',
    'budget',
    'budgetTotals',
    'budgetEntries',
    'budgetAdjustments',
    'budgetYear',
    'budgetYearPreview',
    'budgetYearEndPreview',
    'budgetThresholds',
  ]);

export const budgetsCache = {
  keys: {
    BudgetConnection: embedded,
    BudgetEdge: embedded,
    BudgetEntryConnection: embedded,
    BudgetEntryEdge: embedded,
    BudgetFigures: embedded,
    BudgetTotals: embedded,
    BudgetPayload: embedded,
    BudgetAdjustmentConnection: embedded,
    BudgetAdjustmentEdge: embedded,
    BudgetAdjustmentPayload: embedded,
    BudgetCarryRule: embedded,
    BudgetForecast: embedded,
    BudgetThresholdRule: embedded,
    BudgetThresholds: embedded,
    BudgetThresholdsPayload: embedded,
    BudgetUnpaidSum: embedded,
    BudgetYear: embedded,
    BudgetYearEnd: embedded,
    BudgetYearEndSum: embedded,
    BudgetYearEndWait: embedded,
    BudgetYearOpening: embedded,
    BudgetYearPayload: embedded,
    BudgetYearPreview: embedded,
    BudgetYearPreviewItem: embedded,
  },
  updates: {
    Mutation: {
      createBudget: lists,
      requestBudgetAdjustment: lists,
      decideBudgetAdjustment: lists,
      nameCentralBudget: lists,
      openBudgetYear: lists,
      endBudgetYear: lists,
      setBudgetThresholds: lists,
      setBudgetCarryRule: lists,
    },
  },
} satisfies CacheExchangeOpts;
