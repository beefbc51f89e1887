import type { CacheExchangeOpts } from '@urql/exchange-graphcache';

const embedded = () => null;

/** Set limits come back with the quota itself and are patched in place. */
export const quotasCache = {
  keys: {
    QuotaConnection: embedded,
    QuotaEdge: embedded,
    QuotaMeterState: embedded,
    QuotaPayload: embedded,
    QuotaFit: embedded,
  },
} satisfies CacheExchangeOpts;
