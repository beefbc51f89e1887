import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;

/** A debt moves between lists, changes the totals, and what is settled makes resources. */
const everything: UpdateResolver = (_result, _args, cache) =>
  invalidateQueries(cache, ['drDebts', 'drDebtTotals', 'request', 'resources']);

export const drDebtsCache = {
  keys: {
    DrDebtConnection: embedded,
    DrDebtEdge: embedded,
    DrDebtSize: embedded,
    DrDebtTotal: embedded,
    DrDebtAccelerators: embedded,
    DrDebtPolicy: embedded,
    DrDebtRule: embedded,
    DrDebtActionAvailability: embedded,
    DrDebtPayload: embedded,
    SettledDrDebt: embedded,
    SettleDrDebtsPayload: embedded,
    DrDebtPolicyPayload: embedded,
  },
  updates: {
    Mutation: {
      settleDrDebts: everything,
      waiveDrDebt: everything,
      changeDrDebtPolicy: (_result, _args, cache) => invalidateQueries(cache, ['drDebtPolicies']),
    },
  },
} satisfies CacheExchangeOpts;
