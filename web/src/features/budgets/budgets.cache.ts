import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;
const lists: UpdateResolver = (_result, _args, cache) =>
  invalidateQueries(cache, ['budgets', 'budget', 'budgetTotals', 'budgetEntries']);

export const budgetsCache = {
  keys: {
    BudgetConnection: embedded,
    BudgetEdge: embedded,
    BudgetEntryConnection: embedded,
    BudgetEntryEdge: embedded,
    BudgetFigures: embedded,
    BudgetTotals: embedded,
    BudgetPayload: embedded,
  },
  updates: { Mutation: { createBudget: lists, adjustBudget: lists } },
} satisfies CacheExchangeOpts;
