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
    path: 'budgets',
    lazy: async () => ({ Component: (await import('../../features/budgets/pages/BudgetListPage')).BudgetListPage }),
  },
  {
    path: 'budgets/:id',
    lazy: async () => ({ Component: (await import('../../features/budgets/pages/BudgetPage')).BudgetPage }),
  },
];
