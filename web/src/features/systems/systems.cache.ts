import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;

const systemLists: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, ['systems', 'quotas']);
const projectLists: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, ['projects', 'quotas']);

export const systemsCache = {
  keys: {
    SystemConnection: embedded,
    SystemEdge: embedded,
    SystemPayload: embedded,
    ProjectConnection: embedded,
    ProjectEdge: embedded,
    ProjectPayload: embedded,
    ProjectPeriod: embedded,
    PersonName: embedded,
    Contact: embedded,
  },
  updates: {
    Mutation: {
      registerSystem: systemLists,
      editSystem: systemLists,
      registerProject: projectLists,
      editProject: projectLists,
    },
  },
} satisfies CacheExchangeOpts;
