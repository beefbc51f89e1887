import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;
/** A claim changes how full its network is, in every list that shows it. */
const lists: UpdateResolver = (_result, _args, cache) =>
  invalidateQueries(cache, ['networks', 'network', 'addressReconciliation', 'addressDifferences']);

export const networksCache = {
  keys: {
    AddressClaimConnection: embedded,
    AddressClaimEdge: embedded,
    AddressFigures: embedded,
    AddressMap: embedded,
    NetworkConnection: embedded,
    NetworkEdge: embedded,
    NetworkPayload: embedded,
    NetworkReservedRange: embedded,
  },
  updates: { Mutation: { createNetwork: lists, editNetwork: lists, claimAddress: lists, releaseAddress: lists } },
} satisfies CacheExchangeOpts;
