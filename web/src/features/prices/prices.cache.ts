import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;
/** A changed price comes back with its item; what it makes of offers is asked anew. */
const catalog: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, ['catalog']);
const items: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, ['priceItems']);

export const pricesCache = {
  keys: {
    PriceItemConnection: embedded,
    PriceItemEdge: embedded,
    PriceItemPayload: embedded,
    PriceGap: embedded,
    PriceTier: embedded,
  },
  updates: {
    Mutation: {
      createPriceItem: items,
      addPriceVersion: catalog,
      endPriceVersion: catalog,
      withdrawPriceVersion: catalog,
    },
  },
} satisfies CacheExchangeOpts;
