import type { CacheExchangeOpts } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;

export const quarantineCache = {
  keys: {
    QuarantinedObjectConnection: embedded,
    QuarantinedObjectEdge: embedded,
    QuarantineEvent: embedded,
    QuarantinePayload: embedded,
  },
  updates: {
    Mutation: {
      /** What is decided may leave a filtered list, and the cluster's count. */
      decideQuarantine: (_result, _args, cache) => invalidateQueries(cache, ['quarantinedObjects', 'clusterHealth']),
    },
  },
} satisfies CacheExchangeOpts;
