import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;

const systemLists: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, ['systems', 'quotas']);
const projectLists: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, ['projects', 'quotas']);

/** A period shows on the system, on the project, and in what a request may name as its payer. */
const payers: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, ['systems', 'projects', 'project']);

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
    ReliabilityEntry: embedded,
  },
  updates: {
    Mutation: {
      registerSystem: systemLists,
      editSystem: systemLists,
      declareNotClassified: systemLists,
      stateReliability: systemLists,
      bindVendorStaff: systemLists,
      unbindVendorStaff: systemLists,
      linkProject: payers,
      endProjectLink: payers,
      takeBackProjectLink: payers,
      registerProject: projectLists,
      editProject: projectLists,
    },
  },
} satisfies CacheExchangeOpts;
