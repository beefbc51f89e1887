import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;

const lists: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, ['quotas', 'home']);

export const quotasCache = {
  keys: {
    QuotaConnection: embedded,
    QuotaEdge: embedded,
    QuotaMeterState: embedded,
    QuotaPayload: embedded,
    QuotaFit: embedded,
  },
  updates: { Mutation: { setQuota: lists } },
} satisfies CacheExchangeOpts;
