import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;

/** A drill that moves on stands elsewhere in lists and on the calendar. */
const movedOn: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, ['drDrills', 'drDrillCalendar']);

const ruled: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, ['drDrillRules', 'drDrillCalendar']);

export const drillsCache = {
  keys: {
    DrDrillConnection: embedded,
    DrDrillEdge: embedded,
    DrDrillCheck: embedded,
    DrDrillItem: embedded,
    DrDrillMarkTime: embedded,
    DrDrillCopy: embedded,
    DrDrillFigures: embedded,
    DrDrillDue: embedded,
    DrDrillRuleLine: embedded,
    DrDrillCalendar: embedded,
    DrDrillPlace: embedded,
    DrDrillPayload: embedded,
    DrDrillRulePayload: embedded,
    DrTicketPayload: embedded,
  },
  updates: {
    Mutation: {
      planDrDrill: movedOn,
      approveDrDrill: movedOn,
      cancelDrDrill: movedOn,
      precheckDrDrill: movedOn,
      startDrDrill: movedOn,
      pressDrDrillItem: movedOn,
      finishDrDrill: (_result, _args, cache) => invalidateQueries(cache, ['drDrills', 'drDrillCalendar', 'drTickets']),
      abortDrDrill: (_result, _args, cache) => invalidateQueries(cache, ['drDrills', 'drDrillCalendar', 'drTickets']),
      retryDrDrillCleanup: movedOn,
      beginDrDrillRuleDraft: ruled,
      saveDrDrillRuleDraft: ruled,
      discardDrDrillRuleDraft: ruled,
      publishDrDrillRule: ruled,
      assignDrTicket: (_result, _args, cache) => invalidateQueries(cache, ['drTickets']),
      doneDrTicket: (_result, _args, cache) => invalidateQueries(cache, ['drTickets']),
    },
  },
} satisfies CacheExchangeOpts;
