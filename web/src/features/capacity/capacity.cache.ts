import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;

/** A center's energy comes with the centers. */
const energy: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, ['centers', 'center']);

const sources: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, ['readingSources']);

export const capacityCache = {
  keys: {
    CapacityReport: embedded,
    CapacityGroup: embedded,
    CapacityMeterReport: embedded,
    MonthUse: embedded,
    SpaceCapacity: embedded,
    SpaceAmounts: embedded,
    UseTrend: embedded,
    AcceleratorCapacity: embedded,
    MeasuredFeed: embedded,
    ServerCapacity: embedded,
    CenterLossVerdict: embedded,
    LossShortage: embedded,
    CenterEnergy: embedded,
    MonthEnergy: embedded,
    EnergyPayload: embedded,
    ReadingSourcePayload: embedded,
  },
  updates: {
    Mutation: {
      setPueTarget: energy,
      recordEnergyMonth: energy,
      registerReadingSource: sources,
      revokeReadingSource: sources,
    },
  },
} satisfies CacheExchangeOpts;
