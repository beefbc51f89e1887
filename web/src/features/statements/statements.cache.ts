import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;
const pools: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, ['sharedPools']);

export const statementsCache = {
  keys: {
    DraftStatement: embedded,
    NarrowedStatement: embedded,
    StatementNarrowedTo: embedded,
    StatementSum: embedded,
    StatementPart: embedded,
    SharedSpread: embedded,
    SharedPoolConnection: embedded,
    SharedPoolEdge: embedded,
    SharedPoolPayload: embedded,
    StatementIssue: embedded,
    StatementFigures: embedded,
    StatementCorrection: embedded,
    StatementPrice: embedded,
    StatementLine: embedded,
    StatementResource: embedded,
    StatementResourceConnection: embedded,
    StatementResourceEdge: embedded,
    DepartmentStatement: embedded,
    DepartmentStatementConnection: embedded,
    DepartmentStatementEdge: embedded,
  },
  updates: {
    Mutation: { createSharedPool: pools, addSharedPoolVersion: pools, withdrawSharedPoolVersion: pools },
  },
} satisfies CacheExchangeOpts;
