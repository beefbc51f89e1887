import type { RouteObject } from 'react-router';

/** 设施: centers, rooms, cabinets, servers, networks and what they carry. */
export const facilitiesPages: RouteObject[] = [
  {
    path: 'rooms',
    lazy: async () => ({ Component: (await import('../../features/cabinets/pages/RoomListPage')).RoomListPage }),
  },
  {
    path: 'rooms/new',
    lazy: async () => ({ Component: (await import('../../features/cabinets/pages/NewRoomPage')).NewRoomPage }),
  },
  {
    path: 'rooms/:id',
    lazy: async () => ({ Component: (await import('../../features/cabinets/pages/RoomPage')).RoomPage }),
  },
  {
    path: 'rooms/:id/edit',
    lazy: async () => ({ Component: (await import('../../features/cabinets/pages/EditRoomPage')).EditRoomPage }),
  },
  {
    path: 'rooms/:id/rows/new',
    lazy: async () => ({
      Component: (await import('../../features/cabinets/pages/NewCabinetRowPage')).NewCabinetRowPage,
    }),
  },
  {
    path: 'cabinets',
    lazy: async () => ({ Component: (await import('../../features/cabinets/pages/CabinetListPage')).CabinetListPage }),
  },
  {
    path: 'cabinets/:id',
    lazy: async () => ({ Component: (await import('../../features/cabinets/pages/CabinetPage')).CabinetPage }),
  },
  {
    path: 'cabinets/:id/edit',
    lazy: async () => ({ Component: (await import('../../features/cabinets/pages/EditCabinetPage')).EditCabinetPage }),
  },
  {
    path: 'cabinet-rows/:id',
    lazy: async () => ({ Component: (await import('../../features/cabinets/pages/CabinetRowPage')).CabinetRowPage }),
  },
  {
    path: 'cabinet-rows/:id/edit',
    lazy: async () => ({
      Component: (await import('../../features/cabinets/pages/EditCabinetRowPage')).EditCabinetRowPage,
    }),
  },
  {
    path: 'cabinet-rows/:id/cabinets/new',
    lazy: async () => ({ Component: (await import('../../features/cabinets/pages/NewCabinetsPage')).NewCabinetsPage }),
  },
  {
    path: 'networks',
    lazy: async () => ({ Component: (await import('../../features/networks/pages/NetworkListPage')).NetworkListPage }),
  },
  {
    path: 'networks/new',
    lazy: async () => ({ Component: (await import('../../features/networks/pages/NewNetworkPage')).NewNetworkPage }),
  },
  {
    path: 'networks/:id',
    lazy: async () => ({ Component: (await import('../../features/networks/pages/NetworkPage')).NetworkPage }),
  },
  {
    path: 'networks/:id/edit',
    lazy: async () => ({ Component: (await import('../../features/networks/pages/EditNetworkPage')).EditNetworkPage }),
  },
  {
    path: 'servers',
    lazy: async () => ({ Component: (await import('../../features/servers/pages/ServerListPage')).ServerListPage }),
  },
  {
    path: 'servers/new',
    lazy: async () => ({ Component: (await import('../../features/servers/pages/NewServerPage')).NewServerPage }),
  },
  {
    path: 'hosts',
    lazy: async () => ({ Component: (await import('../../features/servers/pages/HostMismatchPage')).HostMismatchPage }),
  },
  {
    path: 'servers/:id',
    lazy: async () => ({ Component: (await import('../../features/servers/pages/ServerPage')).ServerPage }),
  },
  {
    path: 'servers/:id/edit',
    lazy: async () => ({ Component: (await import('../../features/servers/pages/EditServerPage')).EditServerPage }),
  },
  {
    path: 'centers',
    lazy: async () => ({ Component: (await import('../../features/centers/pages/CenterListPage')).CenterListPage }),
  },
  {
    path: 'centers/:id',
    lazy: async () => ({ Component: (await import('../../features/centers/pages/CenterPage')).CenterPage }),
  },
  {
    path: 'maintenance',
    lazy: async () => ({ Component: (await import('../../features/centers/pages/MaintenancePage')).MaintenancePage }),
  },
  {
    path: 'outages',
    lazy: async () => ({ Component: (await import('../../features/outages/pages/OutageListPage')).OutageListPage }),
  },
  {
    path: 'consolidation',
    lazy: async () => ({
      Component: (await import('../../features/centers/pages/ConsolidationPage')).ConsolidationPage,
    }),
  },
  {
    path: 'placement-simulator',
    lazy: async () => ({ Component: (await import('../../features/simulator/pages/SimulatorPage')).SimulatorPage }),
  },
  {
    path: 'clusters',
    lazy: async () => ({
      Component: (await import('../../features/clusters/pages/ClusterHealthPage')).ClusterHealthPage,
    }),
  },
  {
    path: 'console-data',
    lazy: async () => ({
      Component: (await import('../../features/consoledata/pages/ConsoleDataPage')).ConsoleDataPage,
    }),
  },
  {
    path: 'drift',
    lazy: async () => ({ Component: (await import('../../features/drift/pages/DriftListPage')).DriftListPage }),
  },
  {
    path: 'quarantine',
    lazy: async () => ({ Component: (await import('../../features/quarantine/pages/QuarantinePage')).QuarantinePage }),
  },
  {
    path: 'capacity',
    lazy: async () => ({ Component: (await import('../../features/capacity/pages/CapacityPage')).CapacityPage }),
  },
];
