import type { CacheExchangeOpts } from '@urql/exchange-graphcache';

const embedded = () => null;

export const capacityCache = {
  keys: {
    CapacityReport: embedded,
    CapacityGroup: embedded,
    CapacityMeterReport: embedded,
    MonthUse: embedded,
    SpaceCapacity: embedded,
    ServerCapacity: embedded,
    CenterLossVerdict: embedded,
    LossShortage: embedded,
    CenterEnergy: embedded,
    MonthEnergy: embedded,
    EnergyPayload: embedded,
    ReadingSourcePayload: embedded,
  },
} satisfies CacheExchangeOpts;
