import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;
/** What contracts and systems are told of a month derives from it. */
const all: UpdateResolver = (_result, _args, cache) =>
  invalidateQueries(cache, ['outages', 'deductionProposals', 'systemAvailability']);

export const outagesCache = {
  keys: { OutageConnection: embedded, OutageEdge: embedded, OutagePayload: embedded },
  updates: { Mutation: { recordOutage: all, correctOutage: all, withdrawOutage: all } },
} satisfies CacheExchangeOpts;
