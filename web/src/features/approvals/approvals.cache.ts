import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;
/** Whoever may speak for another has other things to do. */
const delegations: UpdateResolver = (_result, _args, cache) =>
  invalidateQueries(cache, ['delegations', 'requests', 'request', 'home']);
const editions: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, ['chainEditions']);
/** Terms on every page are counted by the calendar. */
const years: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, ['calendarYears', 'request']);

export const approvalsCache = {
  keys: {
    DelegationPayload: embedded,
    CalendarYear: embedded,
    CalendarDay: embedded,
    CalendarYearPayload: embedded,
    ChainEditionPayload: embedded,
    ChainRule: embedded,
    ChainCondition: embedded,
    ChainTitle: embedded,
    Chain: embedded,
    ChainStep: embedded,
  },
  updates: {
    Mutation: {
      delegateApprovals: delegations,
      revokeDelegation: delegations,
      beginChainDraft: editions,
      saveChainDraft: editions,
      discardChainDraft: editions,
      publishChainEdition: editions,
      saveCalendarYear: years,
    },
  },
} satisfies CacheExchangeOpts;
