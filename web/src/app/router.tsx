import { createBrowserRouter, type RouteObject } from 'react-router';
import { BrokenPage, UnknownPage } from './BrokenPage';
import { Shell } from './shell/Shell';

// Each page is its own chunk: the first load carries the shell and home only.
const pages: RouteObject[] = [
  { index: true, lazy: async () => ({ Component: (await import('../features/home/pages/HomePage')).HomePage }) },
  {
    path: 'requests',
    lazy: async () => ({ Component: (await import('../features/requests/pages/RequestListPage')).RequestListPage }),
  },
  {
    path: 'requests/new',
    lazy: async () => ({ Component: (await import('../features/requests/pages/NewRequestPage')).NewRequestPage }),
  },
  {
    path: 'requests/change',
    lazy: async () => ({ Component: (await import('../features/requests/pages/ChangePage')).ChangePage }),
  },
  {
    path: 'requests/:id/change',
    lazy: async () => ({ Component: (await import('../features/requests/pages/EditChangePage')).EditChangePage }),
  },
  {
    path: 'requests/:id',
    lazy: async () => ({ Component: (await import('../features/requests/pages/RequestPage')).RequestPage }),
  },
  {
    path: 'requests/:id/edit',
    lazy: async () => ({ Component: (await import('../features/requests/pages/EditRequestPage')).EditRequestPage }),
  },
  {
    path: 'approvals',
    lazy: async () => ({ Component: (await import('../features/requests/pages/ApprovalQueuePage')).ApprovalQueuePage }),
  },
  {
    path: 'delegations',
    lazy: async () => ({ Component: (await import('../features/approvals/pages/DelegationPage')).DelegationPage }),
  },
  {
    path: 'chains',
    lazy: async () => ({ Component: (await import('../features/approvals/pages/ChainsPage')).ChainsPage }),
  },
  {
    path: 'gates',
    lazy: async () => ({ Component: (await import('../features/gates/pages/GatesPage')).GatesPage }),
  },
  {
    path: 'working-days',
    lazy: async () => ({ Component: (await import('../features/approvals/pages/WorkingDaysPage')).WorkingDaysPage }),
  },
  {
    path: 'resources',
    lazy: async () => ({ Component: (await import('../features/resources/pages/ResourceListPage')).ResourceListPage }),
  },
  {
    path: 'resources/:id',
    lazy: async () => ({ Component: (await import('../features/resources/pages/ResourcePage')).ResourcePage }),
  },
  {
    path: 'terms',
    lazy: async () => ({ Component: (await import('../features/resources/pages/LifeListPage')).ToReviewPage }),
  },
  {
    path: 'terms/temporary',
    lazy: async () => ({ Component: (await import('../features/resources/pages/LifeListPage')).TemporaryPage }),
  },
  {
    path: 'terms/bin',
    lazy: async () => ({ Component: (await import('../features/resources/pages/LifeListPage')).BinPage }),
  },
  {
    path: 'terms/extensions',
    lazy: async () => ({
      Component: (await import('../features/resources/pages/ExtensionListPage')).ExtensionListPage,
    }),
  },
  {
    path: 'terms/rules',
    lazy: async () => ({ Component: (await import('../features/resources/pages/LifeRulesPage')).LifeRulesPage }),
  },
  {
    path: 'reclaim-cases',
    lazy: async () => ({ Component: (await import('../features/reclaim/pages/ReclaimListPage')).ReclaimListPage }),
  },
  {
    path: 'reclaim-cases/new',
    lazy: async () => ({ Component: (await import('../features/reclaim/pages/NewReclaimPage')).NewReclaimPage }),
  },
  {
    path: 'reclaim-cases/:id',
    lazy: async () => ({ Component: (await import('../features/reclaim/pages/ReclaimPage')).ReclaimPage }),
  },
  {
    path: 'work-orders',
    lazy: async () => ({
      Component: (await import('../features/workorders/pages/WorkOrderListPage')).WorkOrderListPage,
    }),
  },
  {
    path: 'work-orders/new',
    lazy: async () => ({ Component: (await import('../features/workorders/pages/NewWorkOrderPage')).NewWorkOrderPage }),
  },
  {
    path: 'work-orders/calendar',
    lazy: async () => ({ Component: (await import('../features/workorders/pages/WorkCalendarPage')).WorkCalendarPage }),
  },
  {
    path: 'work-orders/:id',
    lazy: async () => ({ Component: (await import('../features/workorders/pages/WorkOrderPage')).WorkOrderPage }),
  },
  {
    path: 'work-orders/:id/slip',
    lazy: async () => ({ Component: (await import('../features/workorders/pages/ReleaseSlipPage')).ReleaseSlipPage }),
  },
  {
    path: 'systems',
    lazy: async () => ({ Component: (await import('../features/systems/pages/SystemListPage')).SystemListPage }),
  },
  {
    path: 'systems/new',
    lazy: async () => ({ Component: (await import('../features/systems/pages/NewSystemPage')).NewSystemPage }),
  },
  {
    path: 'systems/:id',
    lazy: async () => ({ Component: (await import('../features/systems/pages/SystemPage')).SystemPage }),
  },
  {
    path: 'systems/:id/edit',
    lazy: async () => ({ Component: (await import('../features/systems/pages/EditSystemPage')).EditSystemPage }),
  },
  {
    path: 'projects',
    lazy: async () => ({ Component: (await import('../features/systems/pages/ProjectListPage')).ProjectListPage }),
  },
  {
    path: 'projects/new',
    lazy: async () => ({ Component: (await import('../features/systems/pages/NewProjectPage')).NewProjectPage }),
  },
  {
    path: 'projects/:id',
    lazy: async () => ({ Component: (await import('../features/systems/pages/ProjectPage')).ProjectPage }),
  },
  {
    path: 'projects/:id/edit',
    lazy: async () => ({ Component: (await import('../features/systems/pages/EditProjectPage')).EditProjectPage }),
  },
  {
    path: 'quotas',
    lazy: async () => ({ Component: (await import('../features/quotas/pages/QuotaListPage')).QuotaListPage }),
  },
  {
    path: 'plans',
    lazy: async () => ({ Component: (await import('../features/plans/pages/PlanListPage')).PlanListPage }),
  },
  {
    path: 'plans/use',
    lazy: async () => ({ Component: (await import('../features/plans/pages/PlanUsePage')).PlanUsePage }),
  },
  {
    path: 'plans/demand',
    lazy: async () => ({ Component: (await import('../features/plans/pages/PlanDemandPage')).PlanDemandPage }),
  },
  {
    path: 'plans/:id',
    lazy: async () => ({ Component: (await import('../features/plans/pages/PlanPage')).PlanPage }),
  },
  {
    path: 'catalog',
    lazy: async () => ({ Component: (await import('../features/catalog/pages/CatalogPage')).CatalogPage }),
  },
  {
    path: 'catalog/services/new',
    lazy: async () => ({ Component: (await import('../features/catalog/pages/NewServicePage')).NewServicePage }),
  },
  {
    path: 'catalog/services/:id/revise',
    lazy: async () => ({ Component: (await import('../features/catalog/pages/ReviseServicePage')).ReviseServicePage }),
  },
  {
    path: 'prices',
    lazy: async () => ({ Component: (await import('../features/prices/pages/PricesPage')).PricesPage }),
  },
  {
    path: 'budgets',
    lazy: async () => ({ Component: (await import('../features/budgets/pages/BudgetListPage')).BudgetListPage }),
  },
  {
    path: 'budgets/:id',
    lazy: async () => ({ Component: (await import('../features/budgets/pages/BudgetPage')).BudgetPage }),
  },
  {
    path: 'rooms',
    lazy: async () => ({ Component: (await import('../features/cabinets/pages/RoomListPage')).RoomListPage }),
  },
  {
    path: 'rooms/new',
    lazy: async () => ({ Component: (await import('../features/cabinets/pages/NewRoomPage')).NewRoomPage }),
  },
  {
    path: 'rooms/:id',
    lazy: async () => ({ Component: (await import('../features/cabinets/pages/RoomPage')).RoomPage }),
  },
  {
    path: 'rooms/:id/edit',
    lazy: async () => ({ Component: (await import('../features/cabinets/pages/EditRoomPage')).EditRoomPage }),
  },
  {
    path: 'rooms/:id/rows/new',
    lazy: async () => ({ Component: (await import('../features/cabinets/pages/NewCabinetRowPage')).NewCabinetRowPage }),
  },
  {
    path: 'cabinets',
    lazy: async () => ({ Component: (await import('../features/cabinets/pages/CabinetListPage')).CabinetListPage }),
  },
  {
    path: 'cabinets/:id',
    lazy: async () => ({ Component: (await import('../features/cabinets/pages/CabinetPage')).CabinetPage }),
  },
  {
    path: 'cabinets/:id/edit',
    lazy: async () => ({ Component: (await import('../features/cabinets/pages/EditCabinetPage')).EditCabinetPage }),
  },
  {
    path: 'cabinet-rows/:id',
    lazy: async () => ({ Component: (await import('../features/cabinets/pages/CabinetRowPage')).CabinetRowPage }),
  },
  {
    path: 'cabinet-rows/:id/edit',
    lazy: async () => ({
      Component: (await import('../features/cabinets/pages/EditCabinetRowPage')).EditCabinetRowPage,
    }),
  },
  {
    path: 'cabinet-rows/:id/cabinets/new',
    lazy: async () => ({ Component: (await import('../features/cabinets/pages/NewCabinetsPage')).NewCabinetsPage }),
  },
  {
    path: 'networks',
    lazy: async () => ({ Component: (await import('../features/networks/pages/NetworkListPage')).NetworkListPage }),
  },
  {
    path: 'networks/new',
    lazy: async () => ({ Component: (await import('../features/networks/pages/NewNetworkPage')).NewNetworkPage }),
  },
  {
    path: 'networks/:id',
    lazy: async () => ({ Component: (await import('../features/networks/pages/NetworkPage')).NetworkPage }),
  },
  {
    path: 'networks/:id/edit',
    lazy: async () => ({ Component: (await import('../features/networks/pages/EditNetworkPage')).EditNetworkPage }),
  },
  {
    path: 'servers',
    lazy: async () => ({ Component: (await import('../features/servers/pages/ServerListPage')).ServerListPage }),
  },
  {
    path: 'servers/new',
    lazy: async () => ({ Component: (await import('../features/servers/pages/NewServerPage')).NewServerPage }),
  },
  {
    path: 'servers/:id',
    lazy: async () => ({ Component: (await import('../features/servers/pages/ServerPage')).ServerPage }),
  },
  {
    path: 'servers/:id/edit',
    lazy: async () => ({ Component: (await import('../features/servers/pages/EditServerPage')).EditServerPage }),
  },
  {
    path: 'imports',
    lazy: async () => ({ Component: (await import('../features/imports/pages/ImportListPage')).ImportListPage }),
  },
  {
    path: 'imports/new',
    lazy: async () => ({ Component: (await import('../features/imports/pages/NewImportPage')).NewImportPage }),
  },
  {
    path: 'imports/:id',
    lazy: async () => ({ Component: (await import('../features/imports/pages/ImportRunPage')).ImportRunPage }),
  },
  {
    path: 'intake',
    lazy: async () => ({ Component: (await import('../features/intake/pages/ReconcilePage')).ReconcilePage }),
  },
  {
    path: 'intake/differences',
    lazy: async () => ({ Component: (await import('../features/intake/pages/DifferencesPage')).DifferencesPage }),
  },
  {
    path: 'intake/addresses',
    lazy: async () => ({
      Component: (await import('../features/intake/pages/AddressReconcilePage')).AddressReconcilePage,
    }),
  },
  {
    path: 'intake/batches',
    lazy: async () => ({
      Component: (await import('../features/intake/pages/IntakeBatchListPage')).IntakeBatchListPage,
    }),
  },
  {
    path: 'intake/batches/:id',
    lazy: async () => ({ Component: (await import('../features/intake/pages/IntakeBatchPage')).IntakeBatchPage }),
  },
  {
    path: 'users',
    lazy: async () => ({ Component: (await import('../features/people/pages/UserListPage')).UserListPage }),
  },
  {
    path: 'users/:id',
    lazy: async () => ({ Component: (await import('../features/people/pages/UserPage')).UserPage }),
  },
  {
    path: 'roles',
    lazy: async () => ({ Component: (await import('../features/people/pages/RoleTablePage')).RoleTablePage }),
  },
  {
    path: 'hand-over',
    lazy: async () => ({ Component: (await import('../features/people/pages/HandOverPage')).HandOverPage }),
  },
  {
    path: 'departments',
    lazy: async () => ({
      Component: (await import('../features/departments/pages/DepartmentListPage')).DepartmentListPage,
    }),
  },
  {
    path: 'centers',
    lazy: async () => ({ Component: (await import('../features/centers/pages/CenterListPage')).CenterListPage }),
  },
  {
    path: 'centers/:id',
    lazy: async () => ({ Component: (await import('../features/centers/pages/CenterPage')).CenterPage }),
  },
  {
    path: 'maintenance',
    lazy: async () => ({ Component: (await import('../features/centers/pages/MaintenancePage')).MaintenancePage }),
  },
  {
    path: 'consolidation',
    lazy: async () => ({ Component: (await import('../features/centers/pages/ConsolidationPage')).ConsolidationPage }),
  },
  {
    path: 'placement-simulator',
    lazy: async () => ({ Component: (await import('../features/simulator/pages/SimulatorPage')).SimulatorPage }),
  },
  {
    path: 'capacity',
    lazy: async () => ({ Component: (await import('../features/capacity/pages/CapacityPage')).CapacityPage }),
  },
  {
    path: 'notifications',
    lazy: async () => ({
      Component: (await import('../features/notifications/pages/NotificationListPage')).NotificationListPage,
    }),
  },
  {
    path: 'notifications/settings',
    lazy: async () => ({
      Component: (await import('../features/notifications/pages/NotificationSettingsPage')).NotificationSettingsPage,
    }),
  },
  {
    path: 'channels',
    lazy: async () => ({
      Component: (await import('../features/notifications/pages/ChannelListPage')).ChannelListPage,
    }),
  },
  {
    path: 'channels/deliveries',
    lazy: async () => ({
      Component: (await import('../features/notifications/pages/DeliveryListPage')).DeliveryListPage,
    }),
  },
  { path: 'audit', lazy: async () => ({ Component: (await import('../features/audit/pages/AuditPage')).AuditPage }) },
  { path: '*', Component: UnknownPage },
];

/** Before the first page's chunk is here nothing is drawn: it is a matter of milliseconds, and a flash would be longer. */
const Nothing = () => null;

export function createConsoleRouter() {
  return createBrowserRouter([
    {
      path: '/sign-in',
      ErrorBoundary: BrokenPage,
      HydrateFallback: Nothing,
      lazy: async () => ({ Component: (await import('../features/session/pages/SignInPage')).SignInPage }),
    },
    {
      path: '/password',
      ErrorBoundary: BrokenPage,
      HydrateFallback: Nothing,
      lazy: async () => ({ Component: (await import('../features/session/pages/PasswordPage')).PasswordPage }),
    },
    {
      path: '/',
      Component: Shell,
      HydrateFallback: Nothing,
      ErrorBoundary: BrokenPage,
      children: [{ ErrorBoundary: BrokenPage, children: pages }],
    },
  ]);
}
