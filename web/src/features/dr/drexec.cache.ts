import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;

/** A new one stands in lists; one that moves says so itself, and where its group serves is judged anew. */
const moved: UpdateResolver = (_result, _args, cache) =>
  invalidateQueries(cache, ['drExecutions', 'drGroups', 'drPicture', 'drCenterLoss']);
const written: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, ['drRunbooks']);

export const drexecCache = {
  keys: {
    DrApproval: embedded,
    DrEvidence: embedded,
    DrMoment: embedded,
    DrShownLoss: embedded,
    DrStepParams: embedded,
    DrPlannedStep: embedded,
    DrRunbookVersion: embedded,
    DrExecutionPreview: embedded,
    DrExecutionChange: embedded,
    DrExecutionConnection: embedded,
    DrExecutionEdge: embedded,
    DrReturningSide: embedded,
    DrRunbookConnection: embedded,
    DrRunbookEdge: embedded,
    DrExecutionPayload: embedded,
    DrRunbookPayload: embedded,
    DrStandingOrderPayload: embedded,
    DrOrderHolder: embedded,
  },
  updates: {
    Mutation: {
      requestDrExecution: moved,
      approveDrExecution: moved,
      steerDrExecution: moved,
      actOnDrStep: moved,
      createDrRunbook: written,
      editDrRunbook: written,
      verifyDrRunbook: written,
      signDrStandingOrder: (_result, _args, cache) => invalidateQueries(cache, ['drStandingOrders']),
      revokeDrStandingOrder: (_result, _args, cache) => invalidateQueries(cache, ['drStandingOrders']),
    },
  },
} satisfies CacheExchangeOpts;
