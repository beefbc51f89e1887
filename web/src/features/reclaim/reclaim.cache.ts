import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;

/** A step moves a case between lists, and may move its resource into the bin or out of it; a line says so in its request. */
const listsAndResources: UpdateResolver = (_result, _args, cache) =>
  invalidateQueries(cache, [
    'lineTerm',
    'linesDue',
    'reclaimCases',
    'request',
    'resource',
    'resources',
    'resourcesDue',
  ]);

export const reclaimCache = {
  keys: {
    ReclaimCaseConnection: embedded,
    ReclaimCaseEdge: embedded,
    ReclaimFigure: embedded,
    ReclaimActionAvailability: embedded,
    ReclaimCasePayload: embedded,
    ReclaimBatchPayload: embedded,
    ReclaimBatchResult: embedded,
  },
  updates: {
    Mutation: {
      openReclaimCase: listsAndResources,
      openLineReclaimCase: listsAndResources,
      objectToReclaim: listsAndResources,
      agreeToReclaim: listsAndResources,
      answerReclaims: listsAndResources,
      decideReclaim: listsAndResources,
      closeReclaimCase: listsAndResources,
      undoReclaim: listsAndResources,
    },
  },
} satisfies CacheExchangeOpts;
