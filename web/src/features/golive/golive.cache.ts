import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;

/** A step moves a case between lists, and may put its system in service. */
const lists: UpdateResolver = (_result, _args, cache) =>
  invalidateQueries(cache, ['goLiveCases', 'systems', 'waitingPapers', 'home']);
const rules: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, ['goLivePolicy']);

export const goliveCache = {
  keys: {
    GoLiveCaseConnection: embedded,
    GoLiveCaseEdge: embedded,
    GoLiveCasePayload: embedded,
    GoLivePolicy: embedded,
    GoLivePolicyPayload: embedded,
    GoLivePartyRule: embedded,
    GoLiveDocumentRule: embedded,
    GoLiveObstacle: embedded,
    GoLiveActionAvailability: embedded,
    GoLivePartyToSign: embedded,
    SystemInUse: embedded,
  },
  updates: {
    Mutation: {
      beginTrial: lists,
      recordTrial: lists,
      resolveTrialIncident: lists,
      addGoLiveDocument: lists,
      removeGoLiveDocument: lists,
      presentGoLive: lists,
      openGoLiveFacts: lists,
      signGoLive: lists,
      stopGoLive: lists,
      publishGoLivePolicy: rules,
    },
  },
} satisfies CacheExchangeOpts;
