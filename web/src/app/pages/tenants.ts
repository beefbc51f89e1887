import type { RouteObject } from 'react-router';

/** 租户: departments, people, systems, projects, plans and quotas. */
export const tenantsPages: RouteObject[] = [
  {
    path: 'go-lives',
    lazy: async () => ({ Component: (await import('../../features/golive/pages/GoLiveListPage')).GoLiveListPage }),
  },
  {
    path: 'go-lives/rules',
    lazy: async () => ({ Component: (await import('../../features/golive/pages/GoLiveRulesPage')).GoLiveRulesPage }),
  },
  {
    path: 'go-lives/:id',
    lazy: async () => ({ Component: (await import('../../features/golive/pages/GoLivePage')).GoLivePage }),
  },
  {
    path: 'performance',
    lazy: async () => ({ Component: (await import('../../features/performance/pages/GradeListPage')).GradeListPage }),
  },
  {
    path: 'performance/rules',
    lazy: async () => ({
      Component: (await import('../../features/performance/pages/PerformanceRulesPage')).PerformanceRulesPage,
    }),
  },
  {
    path: 'performance/availability',
    lazy: async () => ({
      Component: (await import('../../features/performance/pages/AvailabilityPage')).AvailabilityPage,
    }),
  },
  {
    path: 'performance/:id',
    lazy: async () => ({ Component: (await import('../../features/performance/pages/GradePage')).GradePage }),
  },
  {
    path: 'usage-notices',
    lazy: async () => ({
      Component: (await import('../../features/performance/pages/UsageNoticeListPage')).UsageNoticeListPage,
    }),
  },
  {
    path: 'usage-notices/:id',
    lazy: async () => ({
      Component: (await import('../../features/performance/pages/UsageNoticePage')).UsageNoticePage,
    }),
  },
  {
    path: 'self-evaluations',
    lazy: async () => ({
      Component: (await import('../../features/performance/pages/SelfEvaluationListPage')).SelfEvaluationListPage,
    }),
  },
  {
    path: 'self-evaluations/:id',
    lazy: async () => ({
      Component: (await import('../../features/performance/pages/SelfEvaluationPage')).SelfEvaluationPage,
    }),
  },
  {
    path: 'systems',
    lazy: async () => ({ Component: (await import('../../features/systems/pages/SystemListPage')).SystemListPage }),
  },
  {
    path: 'systems/new',
    lazy: async () => ({ Component: (await import('../../features/systems/pages/NewSystemPage')).NewSystemPage }),
  },
  {
    path: 'systems/:id',
    lazy: async () => ({ Component: (await import('../../features/systems/pages/SystemPage')).SystemPage }),
  },
  {
    path: 'systems/:id/edit',
    lazy: async () => ({ Component: (await import('../../features/systems/pages/EditSystemPage')).EditSystemPage }),
  },
  {
    path: 'projects',
    lazy: async () => ({ Component: (await import('../../features/systems/pages/ProjectListPage')).ProjectListPage }),
  },
  {
    path: 'projects/new',
    lazy: async () => ({ Component: (await import('../../features/systems/pages/NewProjectPage')).NewProjectPage }),
  },
  {
    path: 'projects/:id',
    lazy: async () => ({ Component: (await import('../../features/systems/pages/ProjectPage')).ProjectPage }),
  },
  {
    path: 'projects/:id/edit',
    lazy: async () => ({ Component: (await import('../../features/systems/pages/EditProjectPage')).EditProjectPage }),
  },
  {
    path: 'quotas',
    lazy: async () => ({ Component: (await import('../../features/quotas/pages/QuotaListPage')).QuotaListPage }),
  },
  {
    path: 'plans',
    lazy: async () => ({ Component: (await import('../../features/plans/pages/PlanListPage')).PlanListPage }),
  },
  {
    path: 'plans/use',
    lazy: async () => ({ Component: (await import('../../features/plans/pages/PlanUsePage')).PlanUsePage }),
  },
  {
    path: 'plans/demand',
    lazy: async () => ({ Component: (await import('../../features/plans/pages/PlanDemandPage')).PlanDemandPage }),
  },
  {
    path: 'plans/:id',
    lazy: async () => ({ Component: (await import('../../features/plans/pages/PlanPage')).PlanPage }),
  },
  {
    path: 'users',
    lazy: async () => ({ Component: (await import('../../features/people/pages/UserListPage')).UserListPage }),
  },
  {
    path: 'users/:id',
    lazy: async () => ({ Component: (await import('../../features/people/pages/UserPage')).UserPage }),
  },
  {
    path: 'roles',
    lazy: async () => ({ Component: (await import('../../features/people/pages/RoleTablePage')).RoleTablePage }),
  },
  {
    path: 'hand-over',
    lazy: async () => ({ Component: (await import('../../features/people/pages/HandOverPage')).HandOverPage }),
  },
  {
    path: 'departments',
    lazy: async () => ({
      Component: (await import('../../features/departments/pages/DepartmentListPage')).DepartmentListPage,
    }),
  },
];
