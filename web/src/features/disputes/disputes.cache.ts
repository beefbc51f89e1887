import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;

/** A dispute moves in its list, and decides what of its statement is charged. */
const everything: UpdateResolver = (_result, _args, cache) =>
  invalidateQueries(cache, [
    'lineDispute',
    'lineDisputes',
    'draftStatement',
    'departmentStatements',
    'statementResources',
    'closingMonth',
  ]);

export const disputesCache = {
  keys: {
    LineDisputeConnection: embedded,
    LineDisputeEdge: embedded,
    EarlierDisputeAnswer: embedded,
    LineDisputePayload: embedded,
    ConfirmStatementPayload: embedded,
  },
  updates: {
    Mutation: {
      disputeStatementLine: everything,
      answerLineDispute: everything,
      withdrawLineDispute: everything,
      confirmStatement: everything,
    },
  },
} satisfies CacheExchangeOpts;
