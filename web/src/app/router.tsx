import { createBrowserRouter, type RouteObject } from 'react-router';
import { pageWords } from '../lib/i18n';
import { BrokenPage, UnknownPage } from './BrokenPage';
import { dataPages } from './pages/data';
import { facilitiesPages } from './pages/facilities';
import { servicesPages } from './pages/services';
import { tenantsPages } from './pages/tenants';
import { workPages } from './pages/work';
import { Shell } from './shell/Shell';

// Each page is its own chunk: the first load carries the shell and home only. They are divided as the menu is.
const pages: RouteObject[] = [
  ...workPages,
  ...facilitiesPages,
  ...tenantsPages,
  ...servicesPages,
  ...dataPages,
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

const home: RouteObject = {
  index: true,
  lazy: async () => ({ Component: (await import('./StartPage')).StartPage }),
};

/** A page comes together with the words that are not of the first load. */
function withWords(route: RouteObject): RouteObject {
  const { lazy } = route;
  if (typeof lazy !== 'function') return route;
  return { ...route, lazy: async () => (await Promise.all([lazy(), pageWords()]))[0] };
}

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
    withWords({
      path: '/password',
      ErrorBoundary: BrokenPage,
      HydrateFallback: Nothing,
      lazy: async () => ({ Component: (await import('../features/session/pages/PasswordPage')).PasswordPage }),
    }),
    {
      path: '/',
      Component: Shell,
      HydrateFallback: Nothing,
      ErrorBoundary: BrokenPage,
      children: [{ ErrorBoundary: BrokenPage, children: [home, ...pages.map(withWords)] }],
    },
  ]);
}
