import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;
const catalog: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, ['catalog']);

export const catalogCache = {
  keys: {
    Catalog: embedded,
    UnitPrice: embedded,
    ZoneOption: embedded,
    ServiceField: embedded,
    ServiceFieldChoice: embedded,
    CatalogEntryPayload: embedded,
  },
  updates: {
    Mutation: {
      addOffer: catalog,
      addServerOffer: catalog,
      addCabinetOffer: catalog,
      addService: catalog,
      reviseService: catalog,
      addImage: catalog,
      renameOffer: catalog,
      withdrawOffer: catalog,
      restoreOffer: catalog,
    },
  },
} satisfies CacheExchangeOpts;
