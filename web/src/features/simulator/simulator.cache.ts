import type { CacheExchangeOpts } from '@urql/exchange-graphcache';

const embedded = () => null;

export const simulatorCache = {
  keys: {
    PlacementSimulation: embedded,
    WhatIfLine: embedded,
    WhatIfHint: embedded,
    WhatIfPool: embedded,
    WhatIfMeter: embedded,
    WhatIfServers: embedded,
    WhatIfSpace: embedded,
    WhatIfAmount: embedded,
    WhatIfHeadroom: embedded,
  },
} satisfies CacheExchangeOpts;
