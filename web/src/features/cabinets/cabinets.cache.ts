import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;

/** A thing that came from another cabinet left it: what is cached of that one, of its row and of the lists is old. */
const OLD = ['cabinet', 'cabinets', 'cabinetRow', 'room', 'rooms'];
const places: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, OLD);
/** What takes place of a department takes its quotas, or gives them back. */
const quotas: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, [...OLD, 'quotas']);
/** What moves may be a server, which says where it stands; in another's whole cabinet it takes other quotas. */
const moves: UpdateResolver = (_result, _args, cache) =>
  invalidateQueries(cache, [...OLD, 'quotas', 'server', 'servers']);

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
      moveHolders: moves,
      placeOccupant: quotas,
      blockUnits: places,
      unblockUnits: places,
      releaseHolder: quotas,
      planMove: moves,
      applyMove: moves,
      createRoom: places,
      editRoom: places,
      editCabinetRow: places,
      createCabinetRow: places,
      createCabinets: quotas,
      editCabinet: quotas,
    },
  },
} satisfies CacheExchangeOpts;
