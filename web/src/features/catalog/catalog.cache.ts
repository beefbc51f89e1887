import type { CacheExchangeOpts } from '@urql/exchange-graphcache';

export const catalogCache = { keys: { Catalog: () => null, UnitPrice: () => null } } satisfies CacheExchangeOpts;
