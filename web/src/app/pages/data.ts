import type { RouteObject } from 'react-router';

/** 数据: files that come in, and machines that were there before. */
export const dataPages: RouteObject[] = [
  {
    path: 'imports',
    lazy: async () => ({ Component: (await import('../../features/imports/pages/ImportListPage')).ImportListPage }),
  },
  {
    path: 'imports/new',
    lazy: async () => ({ Component: (await import('../../features/imports/pages/NewImportPage')).NewImportPage }),
  },
  {
    path: 'imports/:id',
    lazy: async () => ({ Component: (await import('../../features/imports/pages/ImportRunPage')).ImportRunPage }),
  },
  {
    path: 'intake',
    lazy: async () => ({ Component: (await import('../../features/intake/pages/ReconcilePage')).ReconcilePage }),
  },
  {
    path: 'intake/differences',
    lazy: async () => ({ Component: (await import('../../features/intake/pages/DifferencesPage')).DifferencesPage }),
  },
  {
    path: 'intake/addresses',
    lazy: async () => ({
      Component: (await import('../../features/intake/pages/AddressReconcilePage')).AddressReconcilePage,
    }),
  },
  {
    path: 'intake/batches',
    lazy: async () => ({
      Component: (await import('../../features/intake/pages/IntakeBatchListPage')).IntakeBatchListPage,
    }),
  },
  {
    path: 'intake/batches/:id',
    lazy: async () => ({ Component: (await import('../../features/intake/pages/IntakeBatchPage')).IntakeBatchPage }),
  },
];
