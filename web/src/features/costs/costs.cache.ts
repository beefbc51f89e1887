import type { CacheExchangeOpts } from '@urql/exchange-graphcache';

const embedded = () => null;

export const costsCache = {
  keys: {
    ...{ CostPivot: embedded, CostAxisKey: embedded, CostRow: embedded, CostRest: embedded, CostNarrowing: embedded },
    ...{ CostChange: embedded, CostChangeSum: embedded, CostChangeGroup: embedded, CostChangePartAmount: embedded },
    ...{
      CostChangeUseConnection: embedded,
      CostChangeUseEdge: embedded,
      IdleCost: embedded,
      IdleCostGroup: embedded,
      IdleCostMachine: embedded,
    },
  },
} satisfies CacheExchangeOpts;
