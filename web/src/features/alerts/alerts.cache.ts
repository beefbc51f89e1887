import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;
const alerts: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, ['drAlerts', 'drAlertCounts']);
const roster: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, ['dutyRoster']);
const freezes: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, ['changeFreezes']);

export const alertsCache = {
  keys: {
    DrAlertConnection: embedded,
    DrAlertEdge: embedded,
    DrAlertAnswers: embedded,
    DrAlertEvent: embedded,
    DrAlertCall: embedded,
    DrAlertDelivery: embedded,
    DrAlertCount: embedded,
    DrAlertPayload: embedded,
    DutyRoster: embedded,
    DutyPerson: embedded,
    DutyPayload: embedded,
    ChangeFreezeRelease: embedded,
    ChangeFreezePayload: embedded,
  },
  updates: {
    Mutation: {
      acknowledgeDrAlert: alerts,
      addDutyShifts: roster,
      removeDutyShift: roster,
      offerHandOver: roster,
      takeHandOver: roster,
      withdrawHandOver: roster,
      setChangeFreeze: freezes,
      endChangeFreeze: freezes,
      releaseFromFreeze: freezes,
    },
  },
} satisfies CacheExchangeOpts;
