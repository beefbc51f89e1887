import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;
const editions: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, ['gateEditions']);

export const gatesCache = {
  keys: {
    GateEditionPayload: embedded,
    GateRule: embedded,
    GateCondition: embedded,
    GateCheckMeaning: embedded,
    GateProduct: embedded,
    GateVerdict: embedded,
    GateJudgement: embedded,
    PreviewAddresses: embedded,
    RequestBudgetFit: embedded,
    RequestEncumbrance: embedded,
  },
  updates: {
    Mutation: {
      beginGateDraft: editions,
      saveGateDraft: editions,
      discardGateDraft: editions,
      publishGateEdition: editions,
    },
  },
} satisfies CacheExchangeOpts;
