import type { CacheExchangeOpts } from '@urql/exchange-graphcache';

const embedded = () => null;

export const simulatorCache = {
  keys: {
    PlacementSimulation: embedded,
    WhatIfLine: embedded,
    WhatIfPool: embedded,
    WhatIfMeter: embedded,
    WhatIfHeadroom: embedded,
  },
} satisfies CacheExchangeOpts;
