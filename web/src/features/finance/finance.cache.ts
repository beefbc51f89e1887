import type { CacheExchangeOpts } from '@urql/exchange-graphcache';

const embedded = () => null;

export const financeCache = {
  keys: {
    CostOverview: embedded,
    CostMonth: embedded,
    CostYearOnYear: embedded,
    CostMover: embedded,
    CostMovers: embedded,
    MonthToClose: embedded,
    NextClosing: embedded,
    StatementToConfirm: embedded,
    BudgetUse: embedded,
    DuePayment: embedded,
    DuePayments: embedded,
  },
} satisfies CacheExchangeOpts;
