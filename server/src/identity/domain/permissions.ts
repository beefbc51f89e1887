/** Decides what each role may do to which objects, and how far; guards and screens read the same table. */
import {
  PERMISSION_SCOPES,
  type Permission,
  type PermissionAction,
  type PermissionObject,
  type PermissionScope,
  type Role,
} from '../../kernel/viewer.js';

/**
 * What binds a department, or speaks for it: sends, confirms, decides or gives away. A vendor's staff does none of it, but
 * for the signature of its own company when a system goes live.
 */
export const BINDING_ACTIONS: { readonly [A in PermissionAction]: boolean } = {
  READ: false,
  CREATE: false,
  EDIT: false,
  IMPORT: false,
  EXPORT: false,
  SUBMIT: true,
  SIGN_OFF: true,
  REVIEW: true,
  WITHDRAW: true,
  RELEASE: true,
  // Starting, stopping and the like: what runs is operated, nothing is promised.
  OPERATE: false,
};

type Grants = { readonly [O in PermissionObject]?: readonly PermissionAction[] };

/** Rights within one scope, object by object. */
function within(scope: PermissionScope, grants: Grants): readonly Permission[] {
  return (Object.entries(grants) as [PermissionObject, readonly PermissionAction[]][]).flatMap(([object, actions]) =>
    actions.map((action) => ({ object, action, scope })),
  );
}

/** What belongs to no department and everyone who asks for resources must see. */
const SHOP_WINDOW = within('PROVINCE', {
  CALENDAR: ['READ'],
  GATE: ['READ'],
  CENTER: ['READ'],
  CATALOG: ['READ'],
  PRICE: ['READ'],
});

/** What a department's own people may do with its business. */
const DEPARTMENT_BUSINESS: Grants = {
  REQUEST: ['READ', 'CREATE', 'EDIT', 'SUBMIT', 'WITHDRAW', 'EXPORT'],
  // EDIT: keep what is used (review it, extend its term, protect it, answer a reclaim).
  // OPERATE: start, stop, restart, snapshots, the way to its console.
  RESOURCE: ['READ', 'EDIT', 'OPERATE', 'RELEASE', 'EXPORT'],
  DR_DEBT: ['READ'],
  DR_GROUP: ['READ'],
  // 系统上线: begins and presents the trial of its systems, and keeps its book.
  GO_LIVE: ['READ', 'CREATE', 'EDIT', 'EXPORT'],
  PERFORMANCE: ['READ', 'EXPORT'],
  // It applies for work on its own things, and sees all work on them.
  WORK_ORDER: ['READ', 'CREATE', 'EXPORT'],
  SYSTEM: ['READ', 'EXPORT'],
  PROJECT: ['READ', 'EXPORT'],
  DEPARTMENT: ['READ'],
  QUOTA: ['READ'],
  PLAN: ['READ', 'CREATE', 'IMPORT', 'EXPORT'],
  // Its own servers and the cabinets they stand in; of a neighbour it sees only that a place is taken.
  CABINET: ['READ'],
  SERVER: ['READ', 'EXPORT'],
  NETWORK: ['READ'],
};

/** What the head of a department keeps beside that: what the department stands for. */
const DEPARTMENT_RECORDS: Grants = {
  SYSTEM: ['CREATE', 'EDIT'],
  PROJECT: ['CREATE', 'EDIT'],
  BUDGET: ['READ'],
  // Confirms what the month cost, or disputes a line of it.
  STATEMENT: ['SIGN_OFF'],
  // Signs for the department that its system works.
  GO_LIVE: ['SIGN_OFF'],
  // Appeals against a grade, and hands in what the department says of its own system.
  PERFORMANCE: ['SIGN_OFF'],
};

/** The place itself: rooms, cabinets, servers, networks, and what they can still take. */
const PLACE_READ: Grants = {
  CENTER: ['READ'],
  CABINET: ['READ', 'EXPORT'],
  SERVER: ['READ', 'EXPORT'],
  NETWORK: ['READ', 'EXPORT'],
  CAPACITY: ['READ'],
};

/** What those see who work on everyone's requests. */
const PROVINCE_BUSINESS = within('PROVINCE', {
  REQUEST: ['READ', 'EXPORT'],
  CHAIN: ['READ'],
  GATE: ['READ'],
  CALENDAR: ['READ'],
  // Grades, notices of use and self-evaluations of everybody.
  PERFORMANCE: ['READ', 'EXPORT'],
  RESOURCE: ['READ', 'EXPORT'],
  DR_DEBT: ['READ'],
  DR_GROUP: ['READ'],
  // Alerts, the roster, the duty desk.
  DUTY: ['READ'],
  GO_LIVE: ['READ', 'EXPORT'],
  WORK_ORDER: ['READ', 'EXPORT'],
  SYSTEM: ['READ', 'EXPORT'],
  PROJECT: ['READ', 'EXPORT'],
  DEPARTMENT: ['READ'],
  QUOTA: ['READ'],
  PLAN: ['READ', 'EXPORT'],
  CATALOG: ['READ'],
  PRICE: ['READ'],
  // What was down, and whose fault it was: no provider and no department reads it.
  OUTAGE: ['READ'],
  ...PLACE_READ,
});

/** What those see who keep machines running: who uses them, but neither requests nor money. */
const PROVINCE_OPERATIONS = within('PROVINCE', {
  RESOURCE: ['READ'],
  DR_DEBT: ['READ'],
  DR_GROUP: ['READ'],
  DUTY: ['READ'],
  GO_LIVE: ['READ'],
  WORK_ORDER: ['READ'],
  SYSTEM: ['READ'],
  DEPARTMENT: ['READ'],
  CATALOG: ['READ'],
  OUTAGE: ['READ'],
  ...PLACE_READ,
});

export const PERMISSIONS_OF_ROLE: { readonly [R in Role]: readonly Permission[] } = {
  APPLICANT: [...within('OWN_DEPARTMENT', DEPARTMENT_BUSINESS), ...SHOP_WINDOW],
  DEPARTMENT_HEAD: [
    ...within('DEPARTMENT_TREE', DEPARTMENT_BUSINESS),
    ...within('DEPARTMENT_TREE', DEPARTMENT_RECORDS),
    // DR_GROUP: agrees to drills of its systems, approves executions, and says whether its business was served.
    ...within('DEPARTMENT_TREE', { REQUEST: ['SIGN_OFF'], PLAN: ['SIGN_OFF'], DR_GROUP: ['SIGN_OFF'] }),
    ...SHOP_WINDOW,
  ],
  // A company's people draft and look after the systems that they are bound to, and submit and confirm nothing (ADR 33):
  // what binds the department is done by the department. BINDING_ACTIONS says which acts those are.
  VENDOR_STAFF: [
    ...within('BOUND_SYSTEMS', {
      REQUEST: ['READ', 'CREATE', 'EDIT'],
      RESOURCE: ['READ', 'OPERATE'],
      DR_DEBT: ['READ'],
      DR_GROUP: ['READ'],
      // Keeps the book of the trial, and signs for its own company.
      GO_LIVE: ['READ', 'EDIT', 'SIGN_OFF'],
      WORK_ORDER: ['READ'],
      SYSTEM: ['READ'],
      PROJECT: ['READ'],
      QUOTA: ['READ'],
    }),
    ...within('OWN_DEPARTMENT', { DEPARTMENT: ['READ'] }),
    ...SHOP_WINDOW,
  ],
  // Who stands in an approval chain reviews; in which step, and of whose requests, the chain says.
  CENTER_ACCEPTANCE: [
    ...PROVINCE_BUSINESS,
    ...within('PROVINCE', { REQUEST: ['REVIEW'], PLAN: ['EDIT'], GO_LIVE: ['REVIEW'] }),
  ],
  // Intake is prepared by those who know the place and approved by another: what it says is accounted from then on.
  CENTER_REVIEWER: [
    ...PROVINCE_BUSINESS,
    ...within('PROVINCE', {
      REQUEST: ['REVIEW'],
      // Decides on terms beyond the rule, opens and decides reclaim cases.
      RESOURCE: ['REVIEW'],
      // Signs for the center that a system may go live.
      GO_LIVE: ['REVIEW'],
      PLAN: ['REVIEW'],
      INTAKE: ['READ', 'REVIEW'],
      // Evaluates; what comes of it the authority publishes.
      PERFORMANCE: ['EDIT'],
    }),
  ],
  CAPACITY_ALLOCATOR: [
    ...PROVINCE_BUSINESS,
    ...within('PROVINCE', {
      REQUEST: ['REVIEW'],
      RESOURCE: ['REVIEW'],
      LIFE_POLICY: ['EDIT'],
      // What may be owed, what is settled, what nobody wants any more.
      DR_DEBT: ['EDIT'],
      // Places elsewhere what was granted and no node takes.
      CAPACITY: ['EDIT'],
      CATALOG: ['EDIT', 'IMPORT'],
      CENTER: ['EDIT'],
      QUOTA: ['EDIT'],
      INTAKE: ['READ', 'CREATE', 'EDIT', 'IMPORT'],
    }),
  ],
  FACILITY_ENGINEER: [
    ...PROVINCE_OPERATIONS,
    ...within('PROVINCE', {
      CENTER: ['EDIT'],
      CABINET: ['CREATE', 'EDIT', 'IMPORT'],
      SERVER: ['CREATE', 'EDIT', 'IMPORT'],
      NETWORK: ['CREATE', 'EDIT', 'IMPORT'],
      INTAKE: ['READ', 'CREATE', 'EDIT', 'IMPORT'],
      // Keeps the book of outages, as whoever is on duty does.
      OUTAGE: ['EDIT'],
      // Opens, assigns and confirms the work; what it does with its own hands another of it confirms.
      WORK_ORDER: ['CREATE', 'EDIT', 'REVIEW', 'EXPORT'],
    }),
  ],
  // Of the company that runs the place: works the orders that are assigned to it and sees no others, nobody's business.
  PROVIDER_OPERATOR: within('PROVINCE', { CENTER: ['READ'], WORK_ORDER: ['EDIT'] }),
  // Drafts the approval chains and the gates; another, who decides in none of them, puts them in force.
  CLOUD_AUTHORITY: [
    ...PROVINCE_BUSINESS,
    ...within('PROVINCE', {
      REQUEST: ['REVIEW'],
      CHAIN: ['EDIT'],
      GATE: ['EDIT'],
      // Drafts the rule, publishes what the center evaluated.
      PERFORMANCE: ['EDIT', 'REVIEW'],
      DR_GROUP: ['SIGN_OFF', 'REVIEW'],
      // Opens the plan years, and decides in the end.
      PLAN: ['EDIT', 'SIGN_OFF'],
      QUOTA: ['EDIT'],
      BUDGET: ['READ'],
      SPEND: ['READ', 'EXPORT'],
      CLOSING: ['READ'],
      INTAKE: ['READ'],
    }),
  ],
  LEADER: [
    ...PROVINCE_BUSINESS,
    ...within('PROVINCE', {
      REQUEST: ['REVIEW'],
      // Leads a shift, and lets a change through a freeze.
      // REVIEW: puts the catalog of standard changes in force, which another drafted.
      DUTY: ['OPERATE', 'RELEASE', 'REVIEW'],
      // Approves executions, and signs in advance who may press when.
      DR_GROUP: ['SIGN_OFF', 'REVIEW', 'RELEASE'],
      BUDGET: ['READ'],
      SPEND: ['READ'],
      CLOSING: ['READ'],
      PERFORMANCE: ['REVIEW'],
    }),
  ],
  FINANCE: [
    ...PROVINCE_BUSINESS,
    ...within('PROVINCE', {
      PRICE: ['EDIT', 'IMPORT', 'EXPORT'],
      BUDGET: ['READ', 'CREATE', 'EDIT', 'IMPORT', 'EXPORT'],
      // Whoever enters a contract or a payment does not confirm it: that is another person of finance.
      SPEND: ['READ', 'EDIT', 'REVIEW', 'IMPORT', 'EXPORT'],
      // Asks for a close and approves one, never the same person both; answers what departments dispute.
      CLOSING: ['READ', 'SUBMIT', 'REVIEW'],
      STATEMENT: ['REVIEW'],
      PROJECT: ['EDIT'],
    }),
  ],
  // Says what is promised and by what it is judged: tiers, targets, ways to the arbiter; makes the roster; carries
  // executions out, and what another asked for he may approve for the center.
  DR_OPERATOR: [
    ...PROVINCE_OPERATIONS,
    ...within('PROVINCE', { DR_GROUP: ['EDIT', 'OPERATE', 'SIGN_OFF'], DUTY: ['EDIT', 'OPERATE'] }),
  ],
  // Operates a department's machine in need, with a reason that the department reads in its own log.
  // DR_GROUP: takes part in drills, and is the first who is called; asks for executions and does their steps, in the
  // night under an advance approval.
  DUTY_ENGINEER: [
    ...PROVINCE_OPERATIONS,
    ...within('PROVINCE', {
      RESOURCE: ['OPERATE'],
      OUTAGE: ['EDIT'],
      DR_GROUP: ['OPERATE'],
      DUTY: ['OPERATE'],
    }),
  ],
  // A delegated tenant: its own bureaus, people and sub-quotas; the province's capacity it sees as "can be met" only.
  CITY_ADMINISTRATOR: [
    ...within('DEPARTMENT_TREE', {
      REQUEST: ['READ', 'REVIEW', 'EXPORT'],
      RESOURCE: ['READ', 'EXPORT'],
      DR_DEBT: ['READ'],
      DR_GROUP: ['READ'],
      GO_LIVE: ['READ', 'EXPORT'],
      PERFORMANCE: ['READ', 'EXPORT'],
      WORK_ORDER: ['READ', 'EXPORT'],
      SYSTEM: ['READ', 'CREATE', 'EDIT', 'EXPORT'],
      PROJECT: ['READ', 'CREATE', 'EDIT', 'EXPORT'],
      DEPARTMENT: ['READ', 'CREATE', 'EDIT'],
      QUOTA: ['READ', 'EDIT'],
      PLAN: ['READ', 'REVIEW', 'EXPORT'],
      BUDGET: ['READ'],
      CLOSING: ['READ'],
      // Where its bureaus' things stand and which addresses are theirs, as its bureaus' own people see it.
      CABINET: ['READ'],
      SERVER: ['READ', 'EXPORT'],
      NETWORK: ['READ'],
      USER: ['READ', 'CREATE', 'EDIT', 'IMPORT'],
      ROLE: ['EDIT'],
    }),
    ...SHOP_WINDOW,
  ],
  // A city's budget is its own (ADR 12): opened and adjusted by its finance, within its tree, at its own levels.
  CITY_FINANCE: [
    ...within('DEPARTMENT_TREE', {
      REQUEST: ['READ', 'EXPORT'],
      RESOURCE: ['READ', 'EXPORT'],
      DR_DEBT: ['READ'],
      SYSTEM: ['READ', 'EXPORT'],
      PROJECT: ['READ', 'EDIT', 'EXPORT'],
      DEPARTMENT: ['READ'],
      QUOTA: ['READ'],
      PLAN: ['READ', 'EXPORT'],
      BUDGET: ['READ', 'CREATE', 'EDIT', 'EXPORT'],
      // A city's accounts close on its own confirmation, by two of its own people.
      CLOSING: ['READ', 'SUBMIT', 'REVIEW'],
      STATEMENT: ['REVIEW'],
    }),
    ...SHOP_WINDOW,
  ],
  // The three administrators touch no business: who can grant cannot use, who uses cannot grant, who watches does neither.
  // GB/T 22239: the system administrator makes accounts, the security administrator says what they may do.
  SYSTEM_ADMINISTRATOR: within('PROVINCE', {
    CALENDAR: ['READ', 'EDIT'],
    DEPARTMENT: ['READ', 'CREATE', 'EDIT'],
    USER: ['READ', 'CREATE', 'EDIT', 'IMPORT'],
    // How the console reaches people: addresses and keys of gateways, never what a message says of whose business.
    CHANNEL: ['READ', 'EDIT'],
  }),
  SECURITY_ADMINISTRATOR: within('PROVINCE', {
    CHAIN: ['READ', 'REVIEW'],
    GATE: ['READ', 'REVIEW'],
    USER: ['READ'],
    ROLE: ['READ', 'EDIT'],
    DEPARTMENT: ['READ'],
  }),
  AUDIT_ADMINISTRATOR: within('PROVINCE', { AUDIT: ['READ', 'EXPORT'] }),
  ASSESSOR: within('PROVINCE', { AUDIT: ['READ', 'EXPORT'] }),
};

/** All that the roles allow together; where two roles allow the same, the wider scope stays. */
export function permissionsOf(roles: readonly Role[]): readonly Permission[] {
  return widestOf(roles.flatMap((role) => PERMISSIONS_OF_ROLE[role]));
}

/** One permission an object and action: the widest. */
export function widestOf(permissions: readonly Permission[]): readonly Permission[] {
  const widest = new Map<string, Permission>();
  for (const permission of permissions) {
    const key = `${permission.object}/${permission.action}`;
    const known = widest.get(key);
    if (!known || width(permission) > width(known)) widest.set(key, permission);
  }
  return [...widest.values()];
}

function width(permission: Permission): number {
  return PERMISSION_SCOPES.indexOf(permission.scope);
}
