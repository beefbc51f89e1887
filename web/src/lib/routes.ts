/** Every address of the console, as functions: a page that moves is found by the compiler. */
export const routes = {
  home: () => '/',
  signIn: (next?: string) => (next && next !== '/' ? `/sign-in?next=${encodeURIComponent(next)}` : '/sign-in'),
  requests: () => '/requests',
  /** like: a request to begin like. form: an unfinished one to go on with. step: straight to the check. */
  newRequest: (
    start: { kind?: string; system?: string; package?: string; like?: string; form?: string; step?: 'check' } = {},
  ) => {
    const chosen = new URLSearchParams(Object.entries(start).filter(([, value]) => value)).toString();
    return chosen ? `/requests/new?${chosen}` : '/requests/new';
  },
  newBatch: (of: { system?: string; request?: string } = {}) => {
    const chosen = new URLSearchParams(Object.entries(of).filter(([, value]) => value)).toString();
    return chosen ? `/requests/batches/new?${chosen}` : '/requests/batches/new';
  },
  batch: (id: string) => `/requests/batches/${encodeURIComponent(id)}`,
  packages: () => '/packages',
  newPackage: () => '/packages/new',
  package: (id: string) => `/packages/${encodeURIComponent(id)}`,
  batchTemplate: (kind: string) => `/requests/templates/${kind.toLowerCase()}.xlsx`,
  serviceTemplate: (code: string) => `/requests/templates/services/${encodeURIComponent(code)}.xlsx`,
  request: (id: string) => `/requests/${encodeURIComponent(id)}`,
  /** 变更: of these resources; without any, where they are chosen. */
  changeRequest: (
    resources: readonly string[] = [],
    system?: string,
    services: readonly string[] = [],
    /** The size that is thought of. */
    offer?: string,
  ) => {
    const asked = new URLSearchParams([
      ...(resources.length > 0 ? [['resources', resources.join(',')]] : []),
      ...(services.length > 0 ? [['services', services.join(',')]] : []),
      ...(system ? [['system', system]] : []),
      ...(offer ? [['offer', offer]] : []),
    ]).toString();
    return asked ? `/requests/change?${asked}` : '/requests/change';
  },
  editChange: (id: string) => `/requests/${encodeURIComponent(id)}/change`,
  editRequest: (id: string) => `/requests/${encodeURIComponent(id)}/edit`,
  approvals: (open?: string) => (open ? `/approvals?open=${encodeURIComponent(open)}` : '/approvals'),
  delegations: () => '/delegations',
  chains: () => '/chains',
  gates: () => '/gates',
  gatesEdition: (id: string) => `/gates?edition=${encodeURIComponent(id)}`,
  workingDays: () => '/working-days',
  deliverySheets: () => '/delivery-sheets',
  waitingPapers: (only: { parties?: string } = {}) =>
    only.parties ? `/waiting-papers?parties=${encodeURIComponent(only.parties)}` : '/waiting-papers',
  resources: () => '/resources',
  resource: (id: string) => `/resources/${encodeURIComponent(id)}`,
  tasks: (only: { search?: string } = {}) =>
    only.search ? `/tasks?search=${encodeURIComponent(only.search)}` : '/tasks',
  termsOf: (list: 'TO_REVIEW' | 'ENDING' | 'IN_BIN') =>
    ({ TO_REVIEW: '/terms', ENDING: '/terms/temporary', IN_BIN: '/terms/bin' })[list],
  termExtensions: () => '/terms/extensions',
  lifeRules: () => '/terms/rules',
  drDebts: () => '/dr-debts',
  drDebtsOfSystem: (id: string) => `/dr-debts?system=${encodeURIComponent(id)}`,
  reclaimCases: () => '/reclaim-cases',
  newReclaimCase: (resourceId: string) => `/reclaim-cases/new?resource=${encodeURIComponent(resourceId)}`,
  reclaimCase: (id: string) => `/reclaim-cases/${encodeURIComponent(id)}`,
  /** Of that department and all below it. */
  resourcesOf: (department: string) => `/resources?department=${encodeURIComponent(department)}`,
  resourcesByUse: (use: string, department: string) =>
    `/resources?use=${use}&department=${encodeURIComponent(department)}`,
  departmentUse: () => '/resource-use',
  resourcesInState: (state: string) => `/resources?states=${state}`,
  requestsInState: (state: string) => `/requests?states=${state}`,
  workOrders: () => '/work-orders',
  newWorkOrder: (kind?: string) => (kind ? `/work-orders/new?kind=${kind}` : '/work-orders/new'),
  workOrder: (id: string) => `/work-orders/${encodeURIComponent(id)}`,
  editWorkOrder: (id: string) => `/work-orders/${encodeURIComponent(id)}/edit`,
  releaseSlip: (id: string) => `/work-orders/${encodeURIComponent(id)}/slip`,
  workCalendar: () => '/work-orders/calendar',
  workOrdersOfSystem: (id: string) => `/work-orders?system=${encodeURIComponent(id)}`,
  goLives: () => '/go-lives',
  goLive: (id: string) => `/go-lives/${encodeURIComponent(id)}`,
  goLiveRules: () => '/go-lives/rules',
  backups: (only: { system?: string; health?: 'MISSED' } = {}) => {
    const asked = new URLSearchParams(only).toString();
    return asked ? `/backups?${asked}` : '/backups';
  },
  backup: (id: string) => `/backups/${encodeURIComponent(id)}`,
  systems: () => '/systems',
  newSystem: () => '/systems/new',
  system: (id: string) => `/systems/${encodeURIComponent(id)}`,
  editSystem: (id: string) => `/systems/${encodeURIComponent(id)}/edit`,
  projects: () => '/projects',
  newProject: () => '/projects/new',
  project: (id: string) => `/projects/${encodeURIComponent(id)}`,
  editProject: (id: string) => `/projects/${encodeURIComponent(id)}/edit`,
  quotas: () => '/quotas',
  plans: () => '/plans',
  plansOfYear: (year: number) => `/plans?year=${year}`,
  planUse: () => '/plans/use',
  planDemand: () => '/plans/demand',
  plan: (id: string) => `/plans/${encodeURIComponent(id)}`,
  catalog: () => '/catalog',
  catalogOf: (kind: string, entry?: string) =>
    `/catalog?kind=${kind}${entry ? `&entry=${encodeURIComponent(entry)}` : ''}`,
  newService: () => '/catalog/services/new',
  reviseService: (id: string) => `/catalog/services/${encodeURIComponent(id)}/revise`,
  prices: () => '/prices',
  budgets: () => '/budgets',
  budget: (id: string) => `/budgets/${encodeURIComponent(id)}`,
  rooms: () => '/rooms',
  newRoom: (centerId: string) => `/rooms/new?center=${encodeURIComponent(centerId)}`,
  room: (id: string) => `/rooms/${encodeURIComponent(id)}`,
  editRoom: (id: string) => `/rooms/${encodeURIComponent(id)}/edit`,
  newCabinetRow: (roomId: string) => `/rooms/${encodeURIComponent(roomId)}/rows/new`,
  cabinets: () => '/cabinets',
  cabinet: (id: string) => `/cabinets/${encodeURIComponent(id)}`,
  editCabinet: (id: string) => `/cabinets/${encodeURIComponent(id)}/edit`,
  cabinetRow: (id: string) => `/cabinet-rows/${encodeURIComponent(id)}`,
  editCabinetRow: (id: string) => `/cabinet-rows/${encodeURIComponent(id)}/edit`,
  newCabinets: (rowId: string) => `/cabinet-rows/${encodeURIComponent(rowId)}/cabinets/new`,
  networks: () => '/networks',
  newNetwork: () => '/networks/new',
  network: (id: string) => `/networks/${encodeURIComponent(id)}`,
  /** Where the claim of one address stands. */
  addressInNetwork: (id: string, address: string) =>
    `/networks/${encodeURIComponent(id)}?search=${encodeURIComponent(address)}`,
  editNetwork: (id: string) => `/networks/${encodeURIComponent(id)}/edit`,
  servers: () => '/servers',
  newServer: () => '/servers/new',
  editServer: (id: string) => `/servers/${encodeURIComponent(id)}/edit`,
  server: (id: string) => `/servers/${encodeURIComponent(id)}`,
  intake: () => '/intake',
  intakeSearch: (name: string) => `/intake?search=${encodeURIComponent(name)}`,
  intakeAddresses: () => '/intake/addresses',
  intakeDifferences: (of?: { center: string; match: string }) =>
    of
      ? `/intake/differences?center=${encodeURIComponent(of.center)}&matches=${encodeURIComponent(of.match)}`
      : '/intake/differences',
  intakeBatches: () => '/intake/batches',
  intakeBatch: (id: string) => `/intake/batches/${encodeURIComponent(id)}`,
  imports: () => '/imports',
  newImport: (kind?: string) => (kind ? `/imports/new?kind=${encodeURIComponent(kind)}` : '/imports/new'),
  importRun: (id: string) => `/imports/${encodeURIComponent(id)}`,
  users: () => '/users',
  usersOfDepartment: (id: string) => `/users?department=${encodeURIComponent(id)}`,
  user: (id: string) => `/users/${encodeURIComponent(id)}`,
  roleTable: () => '/roles',
  handOver: (from?: string) => (from ? `/hand-over?from=${encodeURIComponent(from)}` : '/hand-over'),
  departments: () => '/departments',
  password: (next?: string) => (next && next !== '/' ? `/password?next=${encodeURIComponent(next)}` : '/password'),
  centers: () => '/centers',
  center: (id: string) => `/centers/${encodeURIComponent(id)}`,
  maintenance: () => '/maintenance',
  consolidation: () => '/consolidation',
  capacity: () => '/capacity',
  clusters: () => '/clusters',
  drifts: () => '/drift',
  driftsOf: (centerId: string) => `/drift?states=OPEN&center=${encodeURIComponent(centerId)}`,
  driftsOfResource: (id: string) => `/drift?resource=${encodeURIComponent(id)}`,
  quarantine: () => '/quarantine',
  quarantineOf: (centerId: string) => `/quarantine?states=NEW&center=${encodeURIComponent(centerId)}`,
  placementSimulator: () => '/placement-simulator',
  notifications: () => '/notifications',
  notificationSettings: () => '/notifications/settings',
  channels: () => '/channels',
  deliveries: () => '/channels/deliveries',
  audit: () => '/audit',
} as const;

/** Where sign-in returns to: a path of this console only, so that a crafted link cannot send a user elsewhere. */
export function safeNext(next: string | null): string {
  return next?.startsWith('/') && !next.startsWith('//') && !next.startsWith('/\\') ? next : routes.home();
}
