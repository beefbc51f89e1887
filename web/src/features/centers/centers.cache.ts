import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;

/** What a pool promises stands on many pages. */
const places: UpdateResolver = (_result, _args, cache) =>
  invalidateQueries(cache, [
    'centers',
    'center',
    'home',
    'capacity',
    'clouds',
    'consolidationCount',
    'maintenanceWindows',
    'maintenanceImpact',
    'placeImpact',
  ]);

export const centersCache = {
  keys: {
    PoolSizing: embedded,
    PoolSize: embedded,
    PoolAccelerators: embedded,
    Cloud: embedded,
    MeterAmount: embedded,
    CenterRemain: embedded,
    MaintenanceWindowConnection: embedded,
    MaintenanceWindowEdge: embedded,
    MaintenanceImpact: embedded,
    ImpactMeter: embedded,
    PlaceImpact: embedded,
    DepartmentImpact: embedded,
    PoolHostsImpact: embedded,
    DisplacedClaim: embedded,
    ConsolidationCount: embedded,
    CloudCount: embedded,
    CountSums: embedded,
    KindCount: embedded,
    CenterPayload: embedded,
    PoolPayload: embedded,
    MaintenancePayload: embedded,
    ConsolidationCountPayload: embedded,
  },
  updates: {
    Mutation: {
      registerCenter: places,
      changeCenterLife: places,
      planCenterOpening: places,
      registerPool: places,
      editPool: places,
      planMaintenance: places,
      startMaintenance: places,
      endMaintenance: places,
      cancelMaintenance: places,
      takeConsolidationCount: places,
    },
  },
} satisfies CacheExchangeOpts;
