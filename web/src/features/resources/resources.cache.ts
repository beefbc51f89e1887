import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;

const listsAndCounts: UpdateResolver = (_result, _args, cache) =>
  invalidateQueries(cache, ['resources', 'home', 'centers']);

export const resourcesCache = {
  keys: {
    ResourceConnection: embedded,
    ResourceEdge: embedded,
    ResourceCondition: embedded,
    ResourceActionAvailability: embedded,
    ResourcePayload: embedded,
    ResourceChange: embedded,
  },
  updates: { Mutation: { releaseResource: listsAndCounts } },
} satisfies CacheExchangeOpts;
