/** Decides what each role may do to which objects, and how far; guards and screens read the same table. */
import {
  PERMISSION_SCOPES,
  type Permission,
  type PermissionAction,
  type PermissionObject,
  type PermissionScope,
  type Role,
} from '../../kernel/viewer.js';

type Grants = { readonly [O in PermissionObject]?: readonly PermissionAction[] };

/** Rights within one scope, object by object. */
function within(scope: PermissionScope, grants: Grants): readonly Permission[] {
  return (Object.entries(grants) as [PermissionObject, readonly PermissionAction[]][]).flatMap(([object, actions]) =>
    actions.map((action) => ({ object, action, scope })),
  );
}

/** What belongs to no department and everyone who asks for resources must see. */
const SHOP_WINDOW = within('PROVINCE', { CENTER: ['READ'], CATALOG: ['READ'], PRICE: ['READ'] });

/** What a department's own people may do with its business. */
const DEPARTMENT_BUSINESS: Grants = {
  REQUEST: ['READ', 'CREATE', 'EDIT', 'WITHDRAW', 'EXPORT'],
  RESOURCE: ['READ', 'RELEASE', 'EXPORT'],
  SYSTEM: ['READ'],
  PROJECT: ['READ'],
  DEPARTMENT: ['READ'],
};

/** What those see who work on everyone's requests. */
const PROVINCE_BUSINESS = within('PROVINCE', {
  REQUEST: ['READ', 'EXPORT'],
  RESOURCE: ['READ', 'EXPORT'],
  SYSTEM: ['READ'],
  PROJECT: ['READ'],
  DEPARTMENT: ['READ'],
  CENTER: ['READ'],
  CATALOG: ['READ'],
  PRICE: ['READ'],
});

/** What those see who keep machines running: who uses them, but neither requests nor money. */
const PROVINCE_OPERATIONS = within('PROVINCE', {
  RESOURCE: ['READ'],
  SYSTEM: ['READ'],
  DEPARTMENT: ['READ'],
  CENTER: ['READ'],
  CATALOG: ['READ'],
});

export const PERMISSIONS_OF_ROLE: { readonly [R in Role]: readonly Permission[] } = {
  APPLICANT: [...within('OWN_DEPARTMENT', DEPARTMENT_BUSINESS), ...SHOP_WINDOW],
  DEPARTMENT_HEAD: [
    ...within('DEPARTMENT_TREE', DEPARTMENT_BUSINESS),
    ...within('DEPARTMENT_TREE', { REQUEST: ['SIGN_OFF'] }),
    ...SHOP_WINDOW,
  ],
  // A company's people draft and look after; what binds the department is done by the department.
  VENDOR_STAFF: [
    ...within('OWN_DEPARTMENT', {
      REQUEST: ['READ', 'CREATE', 'EDIT'],
      RESOURCE: ['READ'],
      SYSTEM: ['READ'],
      PROJECT: ['READ'],
      DEPARTMENT: ['READ'],
    }),
    ...SHOP_WINDOW,
  ],
  CENTER_ACCEPTANCE: PROVINCE_BUSINESS,
  CENTER_REVIEWER: [...PROVINCE_BUSINESS, ...within('PROVINCE', { REQUEST: ['REVIEW'] })],
  CAPACITY_ALLOCATOR: [...PROVINCE_BUSINESS, ...within('PROVINCE', { CATALOG: ['EDIT', 'IMPORT'] })],
  FACILITY_ENGINEER: PROVINCE_OPERATIONS,
  // Of the company that runs the place: sees work orders (later) and the place itself, nobody's business.
  PROVIDER_OPERATOR: within('PROVINCE', { CENTER: ['READ'] }),
  CLOUD_AUTHORITY: PROVINCE_BUSINESS,
  LEADER: PROVINCE_BUSINESS,
  FINANCE: [...PROVINCE_BUSINESS, ...within('PROVINCE', { PRICE: ['EDIT', 'IMPORT', 'EXPORT'] })],
  DR_OPERATOR: PROVINCE_OPERATIONS,
  DUTY_ENGINEER: PROVINCE_OPERATIONS,
  CITY_ADMINISTRATOR: [
    ...within('DEPARTMENT_TREE', {
      REQUEST: ['READ', 'EXPORT'],
      RESOURCE: ['READ', 'EXPORT'],
      SYSTEM: ['READ'],
      PROJECT: ['READ'],
      DEPARTMENT: ['READ'],
    }),
    ...SHOP_WINDOW,
  ],
  // The three administrators touch no business: who can grant cannot use, who uses cannot grant, who watches does neither.
  SYSTEM_ADMINISTRATOR: within('PROVINCE', { DEPARTMENT: ['READ', 'CREATE', 'EDIT'] }),
  SECURITY_ADMINISTRATOR: within('PROVINCE', { USER: ['READ', 'CREATE', 'EDIT'], DEPARTMENT: ['READ'] }),
  AUDIT_ADMINISTRATOR: within('PROVINCE', { AUDIT: ['READ', 'EXPORT'] }),
  ASSESSOR: within('PROVINCE', { AUDIT: ['READ', 'EXPORT'] }),
};

/** All that the roles allow together; where two roles allow the same, the wider scope stays. */
export function permissionsOf(roles: readonly Role[]): readonly Permission[] {
  const widest = new Map<string, Permission>();
  for (const permission of roles.flatMap((role) => PERMISSIONS_OF_ROLE[role])) {
    const key = `${permission.object}/${permission.action}`;
    const known = widest.get(key);
    if (!known || width(permission) > width(known)) widest.set(key, permission);
  }
  return [...widest.values()];
}

function width(permission: Permission): number {
  return PERMISSION_SCOPES.indexOf(permission.scope);
}
