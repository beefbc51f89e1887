import type { RouteObject } from 'react-router';

/** 服务与费用: what is offered, by which rules, at what price, out of which budget. */
export const servicesPages: RouteObject[] = [
  {
    path: 'gates',
    lazy: async () => ({ Component: (await import('../../features/gates/pages/GatesPage')).GatesPage }),
  },
  {
    path: 'catalog',
    lazy: async () => ({ Component: (await import('../../features/catalog/pages/CatalogPage')).CatalogPage }),
  },
  {
    path: 'catalog/services/new',
    lazy: async () => ({ Component: (await import('../../features/catalog/pages/NewServicePage')).NewServicePage }),
  },
  {
    path: 'catalog/services/:id/revise',
    lazy: async () => ({
      Component: (await import('../../features/catalog/pages/ReviseServicePage')).ReviseServicePage,
    }),
  },
  {
    path: 'prices',
    lazy: async () => ({ Component: (await import('../../features/prices/pages/PricesPage')).PricesPage }),
  },
  {
    path: 'finance',
    lazy: async () => ({ Component: (await import('../../features/finance/pages/FinancePage')).FinancePage }),
  },
  {
    path: 'department-costs/:id?',
    lazy: async () => ({
      Component: (await import('../../features/finance/pages/DepartmentCostPage')).DepartmentCostPage,
    }),
  },
  {
    path: 'shared-costs',
    lazy: async () => ({
      Component: (await import('../../features/statements/pages/SharedCostsPage')).SharedCostsPage,
    }),
  },
  {
    path: 'costs',
    lazy: async () => ({ Component: (await import('../../features/costs/pages/CostsPage')).CostsPage }),
  },
  {
    path: 'cost-changes',
    lazy: async () => ({ Component: (await import('../../features/costs/pages/CostChangesPage')).CostChangesPage }),
  },
  {
    path: 'self-build',
    lazy: async () => ({ Component: (await import('../../features/selfbuild/pages/SelfBuildPage')).SelfBuildPage }),
  },
  {
    path: 'self-build/assumptions',
    lazy: async () => ({
      Component: (await import('../../features/selfbuild/pages/AssumptionsPage')).AssumptionsPage,
    }),
  },
  {
    path: 'idle-costs',
    lazy: async () => ({ Component: (await import('../../features/costs/pages/IdleCostsPage')).IdleCostsPage }),
  },
  {
    path: 'statements',
    lazy: async () => ({
      Component: (await import('../../features/statements/pages/StatementListPage')).StatementListPage,
    }),
  },
  {
    path: 'statements/:id',
    lazy: async () => ({ Component: (await import('../../features/statements/pages/StatementPage')).StatementPage }),
  },
  {
    path: 'data-exports',
    lazy: async () => ({ Component: (await import('../../features/exports/pages/ExportsPage')).ExportsPage }),
  },
  {
    path: 'closings',
    lazy: async () => ({ Component: (await import('../../features/closings/pages/ClosingListPage')).ClosingListPage }),
  },
  {
    path: 'closings/:id',
    lazy: async () => ({ Component: (await import('../../features/closings/pages/ClosingPage')).ClosingPage }),
  },
  {
    path: 'disputes',
    lazy: async () => ({ Component: (await import('../../features/disputes/pages/DisputeListPage')).DisputeListPage }),
  },
  {
    path: 'disputes/:id',
    lazy: async () => ({ Component: (await import('../../features/disputes/pages/DisputePage')).DisputePage }),
  },
  {
    path: 'budgets',
    lazy: async () => ({ Component: (await import('../../features/budgets/pages/BudgetListPage')).BudgetListPage }),
  },
  {
    path: 'budget-year',
    lazy: async () => ({ Component: (await import('../../features/budgets/pages/BudgetYearPage')).BudgetYearPage }),
  },
  {
    path: 'budgets/:id',
    lazy: async () => ({ Component: (await import('../../features/budgets/pages/BudgetPage')).BudgetPage }),
  },
  {
    path: 'contracts',
    lazy: async () => ({ Component: (await import('../../features/spend/pages/ContractListPage')).ContractListPage }),
  },
  {
    path: 'contracts/new',
    lazy: async () => ({ Component: (await import('../../features/spend/pages/NewContractPage')).NewContractPage }),
  },
  {
    path: 'contracts/:id',
    lazy: async () => ({ Component: (await import('../../features/spend/pages/ContractPage')).ContractPage }),
  },
  {
    path: 'suppliers',
    lazy: async () => ({ Component: (await import('../../features/spend/pages/SupplierListPage')).SupplierListPage }),
  },
  {
    path: 'deductions',
    lazy: async () => ({ Component: (await import('../../features/spend/pages/DeductionsPage')).DeductionsPage }),
  },
  {
    path: 'payments',
    lazy: async () => ({ Component: (await import('../../features/spend/pages/PaymentListPage')).PaymentListPage }),
  },
  {
    path: 'owned-assets',
    lazy: async () => ({
      Component: (await import('../../features/spend/pages/OwnedAssetListPage')).OwnedAssetListPage,
    }),
  },
  {
    path: 'reconciliation',
    lazy: async () => ({
      Component: (await import('../../features/spend/pages/ReconciliationPage')).ReconciliationPage,
    }),
  },
];
