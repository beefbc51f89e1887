/** Every address of the console, as functions: a page that moves is found by the compiler. */
export const routes = {
  home: () => '/',
  signIn: (next?: string) => (next && next !== '/' ? `/sign-in?next=${encodeURIComponent(next)}` : '/sign-in'),
  requests: () => '/requests',
  newRequest: () => '/requests/new',
  request: (id: string) => `/requests/${encodeURIComponent(id)}`,
  editRequest: (id: string) => `/requests/${encodeURIComponent(id)}/edit`,
  approvals: (open?: string) => (open ? `/approvals?open=${encodeURIComponent(open)}` : '/approvals'),
  resources: () => '/resources',
  resource: (id: string) => `/resources/${encodeURIComponent(id)}`,
  resourcesInState: (state: string) => `/resources?states=${state}`,
  requestsInState: (state: string) => `/requests?states=${state}`,
  systems: () => '/systems',
  newSystem: () => '/systems/new',
  system: (id: string) => `/systems/${encodeURIComponent(id)}`,
  editSystem: (id: string) => `/systems/${encodeURIComponent(id)}/edit`,
  projects: () => '/projects',
  newProject: () => '/projects/new',
  project: (id: string) => `/projects/${encodeURIComponent(id)}`,
  editProject: (id: string) => `/projects/${encodeURIComponent(id)}/edit`,
  quotas: () => '/quotas',
  catalog: () => '/catalog',
  rooms: () => '/rooms',
  room: (id: string) => `/rooms/${encodeURIComponent(id)}`,
  cabinets: () => '/cabinets',
  cabinet: (id: string) => `/cabinets/${encodeURIComponent(id)}`,
  cabinetRow: (id: string) => `/cabinet-rows/${encodeURIComponent(id)}`,
  server: (id: string) => `/servers/${encodeURIComponent(id)}`,
  intake: () => '/intake',
  intakeDifferences: () => '/intake/differences',
  intakeBatches: () => '/intake/batches',
  intakeBatch: (id: string) => `/intake/batches/${encodeURIComponent(id)}`,
  imports: () => '/imports',
  newImport: (kind?: string) => (kind ? `/imports/new?kind=${encodeURIComponent(kind)}` : '/imports/new'),
  importRun: (id: string) => `/imports/${encodeURIComponent(id)}`,
  audit: () => '/audit',
} as const;

/** Where sign-in returns to: a path of this console only, so that a crafted link cannot send a user elsewhere. */
export function safeNext(next: string | null): string {
  return next?.startsWith('/') && !next.startsWith('//') && !next.startsWith('/\\') ? next : routes.home();
}
