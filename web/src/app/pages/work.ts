import type { RouteObject } from 'react-router';

/** 申请与资源: requests and their approval, what was granted, its life and the work for it. */
export const workPages: RouteObject[] = [
  {
    path: 'requests',
    lazy: async () => ({ Component: (await import('../../features/requests/pages/RequestListPage')).RequestListPage }),
  },
  {
    path: 'requests/new',
    lazy: async () => ({ Component: (await import('../../features/requests/pages/NewRequestPage')).NewRequestPage }),
  },
  {
    path: 'requests/batches/new',
    lazy: async () => ({ Component: (await import('../../features/requests/pages/NewBatchPage')).NewBatchPage }),
  },
  {
    path: 'requests/batches/:id',
    lazy: async () => ({ Component: (await import('../../features/requests/pages/BatchPage')).BatchPage }),
  },
  {
    path: 'requests/change',
    lazy: async () => ({ Component: (await import('../../features/requests/pages/ChangePage')).ChangePage }),
  },
  {
    path: 'requests/:id/change',
    lazy: async () => ({ Component: (await import('../../features/requests/pages/EditChangePage')).EditChangePage }),
  },
  {
    path: 'packages',
    lazy: async () => ({ Component: (await import('../../features/requests/pages/PackagesPage')).PackagesPage }),
  },
  {
    path: 'packages/new',
    lazy: async () => ({ Component: (await import('../../features/requests/pages/PackagePage')).PackagePage }),
  },
  {
    path: 'packages/:id',
    lazy: async () => ({ Component: (await import('../../features/requests/pages/PackagePage')).PackagePage }),
  },
  {
    path: 'requests/:id',
    lazy: async () => ({ Component: (await import('../../features/requests/pages/RequestPage')).RequestPage }),
  },
  {
    path: 'requests/:id/edit',
    lazy: async () => ({ Component: (await import('../../features/requests/pages/EditRequestPage')).EditRequestPage }),
  },
  {
    path: 'approvals',
    lazy: async () => ({
      Component: (await import('../../features/requests/pages/ApprovalQueuePage')).ApprovalQueuePage,
    }),
  },
  {
    path: 'waiting-papers',
    lazy: async () => ({
      Component: (await import('../../features/seals/pages/WaitingPapersPage')).WaitingPapersPage,
    }),
  },
  {
    path: 'delivery-sheets',
    lazy: async () => ({
      Component: (await import('../../features/requests/pages/DeliveryListPage')).DeliveryListPage,
    }),
  },
  {
    path: 'delegations',
    lazy: async () => ({ Component: (await import('../../features/approvals/pages/DelegationPage')).DelegationPage }),
  },
  {
    path: 'chains',
    lazy: async () => ({ Component: (await import('../../features/approvals/pages/ChainsPage')).ChainsPage }),
  },
  {
    path: 'working-days',
    lazy: async () => ({ Component: (await import('../../features/approvals/pages/WorkingDaysPage')).WorkingDaysPage }),
  },
  {
    path: 'resources',
    lazy: async () => ({
      Component: (await import('../../features/resources/pages/ResourceListPage')).ResourceListPage,
    }),
  },
  {
    path: 'resource-use',
    lazy: async () => ({
      Component: (await import('../../features/resources/pages/DepartmentUsePage')).DepartmentUsePage,
    }),
  },
  {
    path: 'resources/:id',
    lazy: async () => ({ Component: (await import('../../features/resources/pages/ResourcePage')).ResourcePage }),
  },
  {
    path: 'terms',
    lazy: async () => ({ Component: (await import('../../features/resources/pages/LifeListPage')).ToReviewPage }),
  },
  {
    path: 'terms/temporary',
    lazy: async () => ({ Component: (await import('../../features/resources/pages/LifeListPage')).TemporaryPage }),
  },
  {
    path: 'terms/bin',
    lazy: async () => ({ Component: (await import('../../features/resources/pages/LifeListPage')).BinPage }),
  },
  {
    path: 'terms/lines',
    lazy: async () => ({
      Component: (await import('../../features/resources/pages/LineTermListPage')).LineTermListPage,
    }),
  },
  {
    path: 'tasks/servers',
    lazy: async () => ({
      Component: (await import('../../features/servers/pages/ServerTaskListPage')).ServerTaskListPage,
    }),
  },
  {
    path: 'tasks/replace',
    lazy: async () => ({
      Component: (await import('../../features/replacements/pages/ReplaceTaskListPage')).ReplaceTaskListPage,
    }),
  },
  {
    path: 'tasks',
    lazy: async () => ({ Component: (await import('../../features/resources/pages/TaskListPage')).TaskListPage }),
  },
  {
    path: 'terms/disks',
    lazy: async () => ({
      Component: (await import('../../features/resources/pages/KeptDiskListPage')).KeptDiskListPage,
    }),
  },
  {
    path: 'terms/extensions',
    lazy: async () => ({
      Component: (await import('../../features/resources/pages/ExtensionListPage')).ExtensionListPage,
    }),
  },
  {
    path: 'terms/rules',
    lazy: async () => ({ Component: (await import('../../features/resources/pages/LifeRulesPage')).LifeRulesPage }),
  },
  {
    path: 'dr-groups',
    lazy: async () => ({ Component: (await import('../../features/dr/pages/DrGroupListPage')).DrGroupListPage }),
  },
  {
    path: 'dr-groups/:id',
    lazy: async () => ({ Component: (await import('../../features/dr/pages/DrGroupPage')).DrGroupPage }),
  },
  {
    path: 'dr-drills',
    lazy: async () => ({ Component: (await import('../../features/drills/pages/DrillListPage')).DrillListPage }),
  },
  {
    path: 'dr-drills/calendar',
    lazy: async () => ({
      Component: (await import('../../features/drills/pages/DrillCalendarPage')).DrillCalendarPage,
    }),
  },
  {
    path: 'dr-drills/rule',
    lazy: async () => ({ Component: (await import('../../features/drills/pages/DrillRulePage')).DrillRulePage }),
  },
  {
    path: 'dr-drills/:id',
    lazy: async () => ({ Component: (await import('../../features/drills/pages/DrillPage')).DrillPage }),
  },
  {
    path: 'dr-picture',
    lazy: async () => ({ Component: (await import('../../features/dr/pages/DrPicturePage')).DrPicturePage }),
  },
  {
    path: 'alerts',
    lazy: async () => ({ Component: (await import('../../features/alerts/pages/AlertListPage')).AlertListPage }),
  },
  {
    path: 'alerts/:id',
    lazy: async () => ({ Component: (await import('../../features/alerts/pages/AlertPage')).AlertPage }),
  },
  {
    path: 'duty',
    lazy: async () => ({ Component: (await import('../../features/duty/pages/DutyDeskPage')).DutyDeskPage }),
  },
  {
    path: 'duty/tickets',
    lazy: async () => ({ Component: (await import('../../features/duty/pages/TicketListPage')).TicketListPage }),
  },
  {
    path: 'duty/tickets/:id',
    lazy: async () => ({ Component: (await import('../../features/duty/pages/TicketPage')).TicketPage }),
  },
  {
    path: 'duty/calendar',
    lazy: async () => ({
      Component: (await import('../../features/duty/pages/ChangeCalendarPage')).ChangeCalendarPage,
    }),
  },
  {
    path: 'duty/standard-changes',
    lazy: async () => ({
      Component: (await import('../../features/duty/pages/StandardChangesPage')).StandardChangesPage,
    }),
  },
  {
    path: 'duty/log',
    lazy: async () => ({ Component: (await import('../../features/duty/pages/DutyLogPage')).DutyLogPage }),
  },
  {
    path: 'duty/notices',
    lazy: async () => ({ Component: (await import('../../features/duty/pages/DutyNoticesPage')).DutyNoticesPage }),
  },
  {
    path: 'duty/notices/:id',
    lazy: async () => ({ Component: (await import('../../features/duty/pages/DutyNoticePage')).DutyNoticePage }),
  },
  {
    path: 'duty-roster',
    lazy: async () => ({ Component: (await import('../../features/alerts/pages/RosterPage')).RosterPage }),
  },
  {
    path: 'change-freezes',
    lazy: async () => ({ Component: (await import('../../features/alerts/pages/FreezesPage')).FreezesPage }),
  },
  {
    path: 'dr-executions',
    lazy: async () => ({
      Component: (await import('../../features/dr/pages/ExecutionListPage')).ExecutionListPage,
    }),
  },
  {
    path: 'dr-executions/:id',
    lazy: async () => ({ Component: (await import('../../features/dr/pages/ExecutionPage')).ExecutionPage }),
  },
  {
    path: 'dr-orders',
    lazy: async () => ({ Component: (await import('../../features/dr/pages/StandingOrdersPage')).StandingOrdersPage }),
  },
  {
    path: 'dr-runbooks',
    lazy: async () => ({ Component: (await import('../../features/dr/pages/RunbookListPage')).RunbookListPage }),
  },
  {
    path: 'dr-runbooks/:id',
    lazy: async () => ({ Component: (await import('../../features/dr/pages/RunbookPage')).RunbookPage }),
  },
  {
    path: 'dr-debts',
    lazy: async () => ({ Component: (await import('../../features/drdebts/pages/DrDebtListPage')).DrDebtListPage }),
  },
  {
    path: 'reclaim-cases',
    lazy: async () => ({ Component: (await import('../../features/reclaim/pages/ReclaimListPage')).ReclaimListPage }),
  },
  {
    path: 'reclaim-cases/new',
    lazy: async () => ({ Component: (await import('../../features/reclaim/pages/NewReclaimPage')).NewReclaimPage }),
  },
  {
    path: 'reclaim-cases/:id',
    lazy: async () => ({ Component: (await import('../../features/reclaim/pages/ReclaimPage')).ReclaimPage }),
  },
  {
    path: 'work-orders',
    lazy: async () => ({
      Component: (await import('../../features/workorders/pages/WorkOrderListPage')).WorkOrderListPage,
    }),
  },
  {
    path: 'work-orders/new',
    lazy: async () => ({
      Component: (await import('../../features/workorders/pages/NewWorkOrderPage')).NewWorkOrderPage,
    }),
  },
  {
    path: 'work-orders/calendar',
    lazy: async () => ({
      Component: (await import('../../features/workorders/pages/WorkCalendarPage')).WorkCalendarPage,
    }),
  },
  {
    path: 'work-orders/:id',
    lazy: async () => ({ Component: (await import('../../features/workorders/pages/WorkOrderPage')).WorkOrderPage }),
  },
  {
    path: 'work-orders/:id/slip',
    lazy: async () => ({
      Component: (await import('../../features/workorders/pages/ReleaseSlipPage')).ReleaseSlipPage,
    }),
  },
  {
    path: 'work-orders/:id/edit',
    lazy: async () => ({
      Component: (await import('../../features/workorders/pages/EditWorkOrderPage')).EditWorkOrderPage,
    }),
  },
  {
    path: 'backups',
    lazy: async () => ({ Component: (await import('../../features/workorders/pages/BackupListPage')).BackupListPage }),
  },
  {
    path: 'backups/:id',
    lazy: async () => ({ Component: (await import('../../features/workorders/pages/BackupPage')).BackupPage }),
  },
];
