import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;
const lists: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, ['servers', 'serverCounts']);
/** Cabinets, rows and plans draw what stands in them. */
const standing: UpdateResolver = (_result, _args, cache) =>
  invalidateQueries(cache, ['servers', 'serverCounts', 'cabinet', 'cabinets', 'cabinetRow', 'room', 'rooms']);

export const serversCache = {
  keys: {
    CpuMakerInfo: embedded,
    HostActionAvailability: embedded,
    HostStage: embedded,
    HostWipe: embedded,
    HostMismatchConnection: embedded,
    HostMismatchEdge: embedded,
    HostMismatchesPayload: embedded,
    ServerTaskConnection: embedded,
    ServerTaskEdge: embedded,
    HardwareModelConnection: embedded,
    HardwareModelEdge: embedded,
    ServerAccelerator: embedded,
    ServerAcceleratorCount: embedded,
    ServerActionAvailability: embedded,
    ServerBmc: embedded,
    ServerChange: embedded,
    ServerConnection: embedded,
    ServerCounts: embedded,
    ServerDisk: embedded,
    ServerEdge: embedded,
    ServerEvent: embedded,
    ServerMakerCount: embedded,
    ServerHost: embedded,
    ServerNic: embedded,
    ServerPayload: embedded,
    ServerPlace: embedded,
    ServerStateCount: embedded,
  },
  updates: {
    Mutation: {
      registerServer: (_result, _args, cache) =>
        invalidateQueries(cache, ['servers', 'serverCounts', 'hostMismatches']),
      editServer: lists,
      // A server that retires gives its place back.
      changeServerLife: standing,
      actOnServerHost: (_result, _args, cache) =>
        invalidateQueries(cache, ['servers', 'serverCounts', 'serverTasks', 'hostMismatches']),
      /** What is decided may leave a filtered list. */
      decideHostMismatches: (_result, _args, cache) => invalidateQueries(cache, ['hostMismatches']),
      matchHost: (_result, _args, cache) =>
        invalidateQueries(cache, ['hostMismatches', 'server', 'servers', 'serverCounts']),
      mountServer: standing,
      unmountServer: standing,
      setBmcCredential: () => {
        // The answer carries the server itself; nothing that a list shows has changed.
      },
    },
  },
} satisfies CacheExchangeOpts;
