import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;
const editions: UpdateResolver = (_result, _args, cache) =>
  invalidateQueries(cache, ['selfBuildEditions', 'selfBuildComparison']);

export const selfBuildCache = {
  keys: {
    SelfBuildAssumption: embedded,
    SelfBuildTerm: embedded,
    SelfBuildLine: embedded,
    SelfBuildYear: embedded,
    SelfBuildSite: embedded,
    SelfBuildComparison: embedded,
    SelfBuildEditionPayload: embedded,
  },
  updates: {
    Mutation: {
      beginSelfBuildDraft: editions,
      saveSelfBuildDraft: editions,
      discardSelfBuildDraft: editions,
      publishSelfBuildEdition: editions,
    },
  },
} satisfies CacheExchangeOpts;
