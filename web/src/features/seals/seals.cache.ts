import type { CacheExchangeOpts } from '@urql/exchange-graphcache';

const embedded = () => null;

/** What waits is another thing after each act on a request or a trial; their caches ask it again. */
export const sealsCache = {
  keys: { WaitingPaperConnection: embedded, WaitingPaperEdge: embedded },
} satisfies CacheExchangeOpts;
