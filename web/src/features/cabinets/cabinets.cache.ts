import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;

/** A thing that came from another cabinet left it: what is cached of that one, of its row and of the lists is old. */
const places: UpdateResolver = (_result, _args, cache) =>
  invalidateQueries(cache, ['cabinet', 'cabinets', 'cabinetRow', 'room', 'rooms']);

export const cabinetsCache = {
  keys: {
    CabinetConnection: embedded,
    CabinetEdge: embedded,
    CabinetPower: embedded,
    CabinetWeight: embedded,
    CabinetDepartment: embedded,
    CabinetHolderEntry: embedded,
    HolderSpot: embedded,
    PastHolder: embedded,
    PlannedMove: embedded,
    RackTypeConnection: embedded,
    RackTypeEdge: embedded,
    SpaceUse: embedded,
    CabinetPayload: embedded,
    CabinetsPayload: embedded,
    CabinetRowPayload: embedded,
    RoomPayload: embedded,
  },
  updates: {
    Mutation: {
      moveHolders: places,
      placeOccupant: places,
      blockUnits: places,
      unblockUnits: places,
      releaseHolder: places,
      planMove: places,
      applyMove: places,
      createRoom: places,
      editRoom: places,
      editCabinetRow: places,
      createCabinetRow: places,
      createCabinets: places,
      editCabinet: places,
    },
  },
} satisfies CacheExchangeOpts;
