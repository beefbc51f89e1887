/** What is asked for in the address; what is empty is left out. */
function withAsked(path: string, asked: Record<string, string | null | undefined>): string {
  const given = Object.entries(asked).filter((one): one is [string, string] => Boolean(one[1]));
  const query = new URLSearchParams(given).toString();
  return query ? `${path}?${query}` : path;
}

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
  serverTasks: (only: { search?: string } = {}) =>
    only.search ? `/tasks/servers?search=${encodeURIComponent(only.search)}` : '/tasks/servers',
  replaceTasks: (only: { search?: string; states?: string } = {}) => {
    const asked = new URLSearchParams(Object.entries(only).filter(([, value]) => value)).toString();
    return asked ? `/tasks/replace?${asked}` : '/tasks/replace';
  },
  termsOf: (list: 'TO_REVIEW' | 'ENDING' | 'IN_BIN') =>
    ({ TO_REVIEW: '/terms', ENDING: '/terms/temporary', IN_BIN: '/terms/bin' })[list],
  keptDisks: () => '/terms/disks',
  lineTerms: (list?: 'TO_REVIEW') => (list ? `/terms/lines?list=${list}` : '/terms/lines'),
  termExtensions: () => '/terms/extensions',
  lifeRules: () => '/terms/rules',
  drGroups: (only: { grades?: string; system?: string } = {}) => withAsked('/dr-groups', only),
  drGroup: (id: string) => `/dr-groups/${encodeURIComponent(id)}`,
  drPicture: () => '/dr-picture',
  drPictureIfLost: (centerId: string | null) => withAsked('/dr-picture', { lost: centerId ?? '' }),
  alerts: (only: { group?: string; states?: string } = {}) => withAsked('/alerts', only),
  alert: (id: string) => `/alerts/${encodeURIComponent(id)}`,
  duty: () => '/duty',
  dutyTickets: (only: { kinds?: string } = {}) => withAsked('/duty/tickets', { ...only, shown: 'OPEN' }),
  dutyTicket: (id: string) => `/duty/tickets/${encodeURIComponent(id)}`,
  dutyLog: () => '/duty/log',
  dutyCalendar: (day?: string) => withAsked('/duty/calendar', { day }),
  dutyStandards: () => '/duty/standard-changes',
  dutyNotices: () => '/duty/notices',
  dutyNotice: (id: string) => `/duty/notices/${encodeURIComponent(id)}`,
  dutyRoster: () => '/duty-roster',
  changeFreezes: () => '/change-freezes',
  drDrills: () => '/dr-drills',
  drDrillsOf: (groupId: string) => `/dr-drills?group=${encodeURIComponent(groupId)}`,
  drDrillCalendar: () => '/dr-drills/calendar',
  drDrillRule: () => '/dr-drills/rule',
  drDrill: (id: string) => `/dr-drills/${encodeURIComponent(id)}`,
  drDrillReport: (id: string) => `/papers/dr-drills/${encodeURIComponent(id)}/report.pdf`,
  drExecutions: (only: { group?: string } = {}) => withAsked('/dr-executions', only),
  drExecution: (id: string) => `/dr-executions/${encodeURIComponent(id)}`,
  drOrders: () => '/dr-orders',
  drRunbooks: (only: { group?: string } = {}) => withAsked('/dr-runbooks', only),
  drRunbook: (id: string) => `/dr-runbooks/${encodeURIComponent(id)}`,
  drDebts: () => '/dr-debts',
  drDebtsOfSystem: (id: string) => `/dr-debts?system=${encodeURIComponent(id)}`,
  reclaimCases: () => '/reclaim-cases',
  newReclaimCase: (resourceId: string) => `/reclaim-cases/new?resource=${encodeURIComponent(resourceId)}`,
  newLineReclaimCase: (lineId: string) => `/reclaim-cases/new?line=${encodeURIComponent(lineId)}`,
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
  grades: () => '/performance',
  gradesOfRun: (id: string) => `/performance?run=${encodeURIComponent(id)}`,
  grade: (id: string) => `/performance/${encodeURIComponent(id)}`,
  availability: () => '/performance/availability',
  outages: () => '/outages',
  performanceRules: () => '/performance/rules',
  usageNotices: () => '/usage-notices',
  usageNotice: (id: string) => `/usage-notices/${encodeURIComponent(id)}`,
  selfEvaluations: () => '/self-evaluations',
  selfEvaluation: (id: string) => `/self-evaluations/${encodeURIComponent(id)}`,
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
  costChanges: () => '/cost-changes',
  finance: () => '/finance',
  /** 本单位费用: of one department with all below it, or of all that the viewer sees. */
  departmentCosts: (id?: string) => (id ? `/department-costs/${encodeURIComponent(id)}` : '/department-costs'),
  costs: (
    asked: {
      rows?: string;
      columns?: string;
      from?: string;
      to?: string;
      department?: string | null;
      system?: string | null;
    } = {},
  ) => withAsked('/costs', asked),
  selfBuild: (asked: { department?: string | null; system?: string } = {}) => withAsked('/self-build', asked),
  selfBuildAssumptions: (edition?: string) => withAsked('/self-build/assumptions', { edition }),
  closings: (asked: { month?: string; city?: string | null } = {}) => withAsked('/closings', asked),
  idleCosts: () => '/idle-costs',
  costsOfDr: () => '/costs?dr=1&rows=SYSTEM&columns=SHARE',
  sharedCosts: (month?: string) => `/shared-costs${month ? `?month=${month}` : ''}`,
  closing: (id: string) => `/closings/${encodeURIComponent(id)}`,
  disputes: (asked: { state?: string; department?: string | null } = {}) => withAsked('/disputes', asked),
  dispute: (id: string) => `/disputes/${encodeURIComponent(id)}`,
  statements: (month?: string) => withAsked('/statements', { month }),
  /** only: what of it a figure stands on. */
  statement: (departmentId: string, month?: string, only: Readonly<Record<string, string>> = {}) => {
    const chosen = Object.entries({ month, ...only }).filter((entry): entry is [string, string] => Boolean(entry[1]));
    const query = new URLSearchParams(chosen).toString();
    return `/statements/${encodeURIComponent(departmentId)}${query ? `?${query}` : ''}`;
  },
  statementOfUse: (departmentId: string, month: string, code: string) =>
    `/statements/${encodeURIComponent(departmentId)}?month=${month}&search=${encodeURIComponent(code)}`,
  budgets: (asked: { year?: string; reached?: string; department?: string | null } = {}) =>
    withAsked('/budgets', asked),
  budgetYear: (year?: number) => `/budget-year${year ? `?year=${year}` : ''}`,
  budget: (id: string) => `/budgets/${encodeURIComponent(id)}`,
  contracts: (asked: { show?: string } = {}) => withAsked('/contracts', asked),
  contractsOf: (supplierId: string) => `/contracts?supplier=${encodeURIComponent(supplierId)}`,
  newContract: () => '/contracts/new',
  contract: (id: string) => `/contracts/${encodeURIComponent(id)}`,
  suppliers: () => '/suppliers',
  payments: () => '/payments',
  deductions: () => '/deductions',
  ownedAssets: (only: { search?: string } = {}) =>
    only.search ? `/owned-assets?search=${encodeURIComponent(only.search)}` : '/owned-assets',
  reconciliation: (year?: number) => withAsked('/reconciliation', { year: year?.toString() }),
  dataExports: () => '/data-exports',
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
  /** Of what: a host that no asset is known for. */
  newServer: (of: { serial?: string; center?: string; bmc?: string } = {}) => {
    const known = new URLSearchParams(Object.entries(of).filter(([, value]) => value)).toString();
    return known ? `/servers/new?${known}` : '/servers/new';
  },
  editServer: (id: string) => `/servers/${encodeURIComponent(id)}/edit`,
  hosts: (only: { search?: string } = {}) =>
    only.search ? `/hosts?search=${encodeURIComponent(only.search)}` : '/hosts',
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
  consoleData: () => '/console-data',
  drifts: () => '/drift',
  driftsOf: (centerId: string) => `/drift?states=OPEN&center=${encodeURIComponent(centerId)}`,
  /** Also those that are over: a boundary is closed again within seconds. */
  boundariesOf: (centerId: string) => `/drift?classes=BOUNDARY,IDENTITY&center=${encodeURIComponent(centerId)}`,
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
