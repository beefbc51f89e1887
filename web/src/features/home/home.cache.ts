import type { CacheExchangeOpts } from '@urql/exchange-graphcache';

export const homeCache = { keys: { Home: () => null, StateCount: () => null } } satisfies CacheExchangeOpts;
