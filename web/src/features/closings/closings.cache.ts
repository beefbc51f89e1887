import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;

/** A close moves in its record and its month, and changes what the month's statements are made of. */
const everything: UpdateResolver = (_result, _args, cache) =>
  invalidateQueries(cache, [
    'closing',
    'closingRecord',
    'closingMonth',
    'draftStatement',
    'departmentStatements',
    'statementResources',
  ]);

export const closingsCache = {
  keys: {
    ClosingConnection: embedded,
    ClosingEdge: embedded,
    ClosingCheck: embedded,
    ClosingMonth: embedded,
    ClosingBook: embedded,
    ClosedDocument: embedded,
    ClosedStatement: embedded,
    ClosedFinding: embedded,
    ClosingPayload: embedded,
    VerifyClosingPayload: embedded,
  },
  updates: {
    Mutation: {
      requestClosing: everything,
      requestReversal: everything,
      approveClosing: everything,
      returnClosing: everything,
      withdrawClosing: everything,
      // It reads, and changes nothing.
      verifyClosing: () => undefined,
    },
  },
} satisfies CacheExchangeOpts;
