import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;

/** What is decided leaves the list of what is open, and the cluster's count. */
const lists: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, ['drifts', 'clusterHealth']);

export const driftCache = {
  keys: {
    DriftConnection: embedded,
    DriftEdge: embedded,
    DriftRule: embedded,
    DriftPolicy: embedded,
    DriftPayload: embedded,
    DriftPolicyPayload: embedded,
    ClusterHealth: embedded,
    ClusterVitals: embedded,
    ClusterWork: embedded,
    ClusterWatch: embedded,
    ClusterFailureCount: embedded,
    ResourceObjects: embedded,
    ClusterObject: embedded,
    ClusterObjectDifference: embedded,
  },
  updates: {
    Mutation: {
      putBackDrift: lists,
      acceptDrift: lists,
      changeDriftPolicy: (_result, _args, cache) => invalidateQueries(cache, ['driftPolicies', 'drifts']),
    },
  },
} satisfies CacheExchangeOpts;
