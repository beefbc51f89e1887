import type { CacheExchangeOpts } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;

export const replacementsCache = {
  keys: {
    ReplaceTaskConnection: embedded,
    ReplaceTaskEdge: embedded,
    ReplaceTaskPayload: embedded,
  },
  updates: {
    Mutation: {
      /** It leaves the open ones, the count on the start page, and one pool for another. */
      rePlaceMachine: (_result, _args, cache) =>
        invalidateQueries(cache, [
          'replaceTasks',
          'home',
          'resource',
          'resources',
          'resourceTasks',
          'request',
          'centers',
        ]),
    },
  },
} satisfies CacheExchangeOpts;
