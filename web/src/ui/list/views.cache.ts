import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;
const views: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, ['savedViews']);

export const viewsCache = {
  keys: { SaveViewPayload: embedded, DeleteViewPayload: embedded },
  updates: { Mutation: { saveView: views, deleteView: views } },
} satisfies CacheExchangeOpts;
