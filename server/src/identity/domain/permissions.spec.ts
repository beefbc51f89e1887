import { describe, expect, it } from '@jest/globals';
import {
  covers,
  PERMISSION_ACTIONS,
  PERMISSION_OBJECTS,
  type PermissionObject,
  ROLES,
  type Role,
  scopeFor,
  type Viewer,
} from '../../kernel/viewer.js';
import { ADMINISTRATOR_ROLES, kindFor } from './administrators.js';
import { PERMISSIONS_OF_ROLE, permissionsOf } from './permissions.js';

/** The whole table as it is meant, written a second time: o = own department, t = tree, P = province, . = not at all. */
const MEANT = `
                         READ CREATE EDIT SIGN_OFF REVIEW WITHDRAW RELEASE IMPORT EXPORT
APPLICANT
  REQUEST                o o o . . o . . o
  CALENDAR               P . . . . . . . .
  RESOURCE               o . . . . . o . o
  SYSTEM                 o . . . . . . . o
  PROJECT                o . . . . . . . o
  DEPARTMENT             o . . . . . . . .
  QUOTA                  o . . . . . . . .
  CENTER                 P . . . . . . . .
  CABINET                o . . . . . . . .
  SERVER                 o . . . . . . . o
  NETWORK                o . . . . . . . .
  CATALOG                P . . . . . . . .
  PRICE                  P . . . . . . . .
DEPARTMENT_HEAD
  REQUEST                t t t t . t . . t
  CALENDAR               P . . . . . . . .
  RESOURCE               t . . . . . t . t
  SYSTEM                 t t t . . . . . t
  PROJECT                t t t . . . . . t
  DEPARTMENT             t . . . . . . . .
  QUOTA                  t . . . . . . . .
  CENTER                 P . . . . . . . .
  CABINET                t . . . . . . . .
  SERVER                 t . . . . . . . t
  NETWORK                t . . . . . . . .
  CATALOG                P . . . . . . . .
  PRICE                  P . . . . . . . .
  BUDGET                 t . . . . . . . .
VENDOR_STAFF
  REQUEST                o o o . . . . . .
  CALENDAR               P . . . . . . . .
  RESOURCE               o . . . . . . . .
  SYSTEM                 o . . . . . . . .
  PROJECT                o . . . . . . . .
  DEPARTMENT             o . . . . . . . .
  CENTER                 P . . . . . . . .
  CATALOG                P . . . . . . . .
  PRICE                  P . . . . . . . .
CENTER_ACCEPTANCE
  REQUEST                P . . . P . . . P
  CHAIN                  P . . . . . . . .
  CALENDAR               P . . . . . . . .
  RESOURCE               P . . . . . . . P
  SYSTEM                 P . . . . . . . P
  PROJECT                P . . . . . . . P
  DEPARTMENT             P . . . . . . . .
  QUOTA                  P . . . . . . . .
  CENTER                 P . . . . . . . .
  CABINET                P . . . . . . . P
  SERVER                 P . . . . . . . P
  NETWORK                P . . . . . . . P
  CAPACITY               P . . . . . . . .
  CATALOG                P . . . . . . . .
  PRICE                  P . . . . . . . .
CENTER_REVIEWER
  REQUEST                P . . . P . . . P
  CHAIN                  P . . . . . . . .
  CALENDAR               P . . . . . . . .
  RESOURCE               P . . . . . . . P
  SYSTEM                 P . . . . . . . P
  PROJECT                P . . . . . . . P
  DEPARTMENT             P . . . . . . . .
  QUOTA                  P . . . . . . . .
  CENTER                 P . . . . . . . .
  CABINET                P . . . . . . . P
  SERVER                 P . . . . . . . P
  NETWORK                P . . . . . . . P
  CAPACITY               P . . . . . . . .
  INTAKE                 P . . . P . . . .
  CATALOG                P . . . . . . . .
  PRICE                  P . . . . . . . .
CAPACITY_ALLOCATOR
  REQUEST                P . . . P . . . P
  CHAIN                  P . . . . . . . .
  CALENDAR               P . . . . . . . .
  RESOURCE               P . . . . . . . P
  SYSTEM                 P . . . . . . . P
  PROJECT                P . . . . . . . P
  DEPARTMENT             P . . . . . . . .
  QUOTA                  P . P . . . . . .
  CENTER                 P . P . . . . . .
  CABINET                P . . . . . . . P
  SERVER                 P . . . . . . . P
  NETWORK                P . . . . . . . P
  CAPACITY               P . . . . . . . .
  INTAKE                 P P P . . . . P .
  CATALOG                P . P . . . . P .
  PRICE                  P . . . . . . . .
FACILITY_ENGINEER
  RESOURCE               P . . . . . . . .
  SYSTEM                 P . . . . . . . .
  DEPARTMENT             P . . . . . . . .
  CENTER                 P . P . . . . . .
  CABINET                P P P . . . . P P
  SERVER                 P P P . . . . P P
  NETWORK                P P P . . . . P P
  CAPACITY               P . . . . . . . .
  INTAKE                 P P P . . . . P .
  CATALOG                P . . . . . . . .
PROVIDER_OPERATOR
  CENTER                 P . . . . . . . .
CLOUD_AUTHORITY
  REQUEST                P . . . P . . . P
  CHAIN                  P . P . . . . . .
  CALENDAR               P . . . . . . . .
  RESOURCE               P . . . . . . . P
  SYSTEM                 P . . . . . . . P
  PROJECT                P . . . . . . . P
  DEPARTMENT             P . . . . . . . .
  QUOTA                  P . P . . . . . .
  CENTER                 P . . . . . . . .
  CABINET                P . . . . . . . P
  SERVER                 P . . . . . . . P
  NETWORK                P . . . . . . . P
  CAPACITY               P . . . . . . . .
  INTAKE                 P . . . . . . . .
  CATALOG                P . . . . . . . .
  PRICE                  P . . . . . . . .
  BUDGET                 P . . . . . . . .
LEADER
  REQUEST                P . . . P . . . P
  CHAIN                  P . . . . . . . .
  CALENDAR               P . . . . . . . .
  RESOURCE               P . . . . . . . P
  SYSTEM                 P . . . . . . . P
  PROJECT                P . . . . . . . P
  DEPARTMENT             P . . . . . . . .
  QUOTA                  P . . . . . . . .
  CENTER                 P . . . . . . . .
  CABINET                P . . . . . . . P
  SERVER                 P . . . . . . . P
  NETWORK                P . . . . . . . P
  CAPACITY               P . . . . . . . .
  CATALOG                P . . . . . . . .
  PRICE                  P . . . . . . . .
  BUDGET                 P . . . . . . . .
FINANCE
  REQUEST                P . . . . . . . P
  CHAIN                  P . . . . . . . .
  CALENDAR               P . . . . . . . .
  RESOURCE               P . . . . . . . P
  SYSTEM                 P . . . . . . . P
  PROJECT                P . P . . . . . P
  DEPARTMENT             P . . . . . . . .
  QUOTA                  P . . . . . . . .
  CENTER                 P . . . . . . . .
  CABINET                P . . . . . . . P
  SERVER                 P . . . . . . . P
  NETWORK                P . . . . . . . P
  CAPACITY               P . . . . . . . .
  CATALOG                P . . . . . . . .
  PRICE                  P . P . . . . P P
  BUDGET                 P P P . . . . P P
DR_OPERATOR
  RESOURCE               P . . . . . . . .
  SYSTEM                 P . . . . . . . .
  DEPARTMENT             P . . . . . . . .
  CENTER                 P . . . . . . . .
  CABINET                P . . . . . . . P
  SERVER                 P . . . . . . . P
  NETWORK                P . . . . . . . P
  CAPACITY               P . . . . . . . .
  CATALOG                P . . . . . . . .
DUTY_ENGINEER
  RESOURCE               P . . . . . . . .
  SYSTEM                 P . . . . . . . .
  DEPARTMENT             P . . . . . . . .
  CENTER                 P . . . . . . . .
  CABINET                P . . . . . . . P
  SERVER                 P . . . . . . . P
  NETWORK                P . . . . . . . P
  CAPACITY               P . . . . . . . .
  CATALOG                P . . . . . . . .
CITY_ADMINISTRATOR
  REQUEST                t . . . t . . . t
  CALENDAR               P . . . . . . . .
  RESOURCE               t . . . . . . . t
  SYSTEM                 t t t . . . . . t
  PROJECT                t t t . . . . . t
  DEPARTMENT             t t t . . . . . .
  QUOTA                  t . t . . . . . .
  CENTER                 P . . . . . . . .
  SERVER                 t . . . . . . . t
  CATALOG                P . . . . . . . .
  PRICE                  P . . . . . . . .
  BUDGET                 t . . . . . . . .
  USER                   t t t . . . . t .
  ROLE                   . . t . . . . . .
SYSTEM_ADMINISTRATOR
  CALENDAR               P . P . . . . . .
  DEPARTMENT             P P P . . . . . .
  USER                   P P P . . . . P .
  CHANNEL                P . P . . . . . .
SECURITY_ADMINISTRATOR
  CHAIN                  P . . . P . . . .
  DEPARTMENT             P . . . . . . . .
  USER                   P . . . . . . . .
  ROLE                   P . P . . . . . .
AUDIT_ADMINISTRATOR
  AUDIT                  P . . . . . . . P
ASSESSOR
  AUDIT                  P . . . . . . . P
`;

const SIGN = { OWN_DEPARTMENT: 'o', DEPARTMENT_TREE: 't', PROVINCE: 'P' } as const;

function printed(): string {
  const lines = ['', `${' '.repeat(25)}${PERMISSION_ACTIONS.join(' ')}`];
  for (const role of ROLES) {
    lines.push(role);
    for (const object of PERMISSION_OBJECTS) {
      const cells = PERMISSION_ACTIONS.map((action) => {
        const found = PERMISSIONS_OF_ROLE[role].filter((p) => p.object === object && p.action === action);
        return found.map((p) => SIGN[p.scope]).join('') || '.';
      });
      if (cells.some((cell) => cell !== '.')) lines.push(`  ${object.padEnd(23)}${cells.join(' ')}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

const BUSINESS: readonly PermissionObject[] = [
  'REQUEST',
  'RESOURCE',
  'SYSTEM',
  'PROJECT',
  'CATALOG',
  'PRICE',
  'CENTER',
];
const rolesThatMay = (object: PermissionObject, action: string): Role[] =>
  ROLES.filter((role) => PERMISSIONS_OF_ROLE[role].some((p) => p.object === object && p.action === action));

describe('the permission table', () => {
  it('is what was meant: every role, object and action', () => {
    expect(printed()).toBe(MEANT);
  });

  it('keeps the three administrators and the assessor off all business', () => {
    for (const role of [...ADMINISTRATOR_ROLES, 'ASSESSOR'] as const)
      for (const permission of PERMISSIONS_OF_ROLE[role]) expect(BUSINESS).not.toContain(permission.object);
  });

  it('lets nobody both watch and act, or both grant and use', () => {
    expect(rolesThatMay('AUDIT', 'READ')).toEqual(['AUDIT_ADMINISTRATOR', 'ASSESSOR']);
    // In the province who makes accounts and who says what they may do are two; a city's administrator has both in its tree.
    expect(rolesThatMay('USER', 'EDIT')).toEqual(['CITY_ADMINISTRATOR', 'SYSTEM_ADMINISTRATOR']);
    expect(rolesThatMay('ROLE', 'EDIT')).toEqual(['CITY_ADMINISTRATOR', 'SECURITY_ADMINISTRATOR']);
    for (const action of ['CREATE', 'EDIT', 'REVIEW', 'IMPORT']) expect(rolesThatMay('AUDIT', action)).toEqual([]);
  });

  it('lets who drafts the approval chains not put them in force, nor who does that decide in one', () => {
    expect(rolesThatMay('CHAIN', 'EDIT')).toEqual(['CLOUD_AUTHORITY']);
    expect(rolesThatMay('CHAIN', 'REVIEW')).toEqual(['SECURITY_ADMINISTRATOR']);
    expect(rolesThatMay('CALENDAR', 'EDIT')).toEqual(['SYSTEM_ADMINISTRATOR']);
  });

  it('lets the department sign off and the center review, never the same role', () => {
    expect(rolesThatMay('REQUEST', 'SIGN_OFF')).toEqual(['DEPARTMENT_HEAD']);
    expect(rolesThatMay('REQUEST', 'REVIEW')).toEqual([
      'CENTER_ACCEPTANCE',
      'CENTER_REVIEWER',
      'CAPACITY_ALLOCATOR',
      'CLOUD_AUTHORITY',
      'LEADER',
      'CITY_ADMINISTRATOR',
    ]);
    expect(rolesThatMay('RESOURCE', 'RELEASE')).toEqual(['APPLICANT', 'DEPARTMENT_HEAD']);
  });
});

describe(permissionsOf, () => {
  it('gives nothing for no role', () => {
    expect(permissionsOf([])).toEqual([]);
  });

  it.each(ROLES)('gives %s exactly its own rights', (role) => {
    expect(permissionsOf([role])).toEqual(PERMISSIONS_OF_ROLE[role]);
  });

  it('keeps the widest scope of two roles, in either order', () => {
    for (const roles of [
      ['APPLICANT', 'DEPARTMENT_HEAD'],
      ['DEPARTMENT_HEAD', 'APPLICANT'],
    ] as const)
      expect(permissionsOf(roles).filter((p) => p.object === 'REQUEST' && p.action === 'READ')).toEqual([
        { object: 'REQUEST', action: 'READ', scope: 'DEPARTMENT_TREE' },
      ]);
  });

  it('makes scopes that reach the own department, the tree, or the province and no further', () => {
    const viewer = (role: Role): Viewer => ({
      userId: 'u',
      username: 'u',
      name: 'U',
      sessionId: 's',
      departmentId: 'own',
      departmentTreeIds: ['own', 'below'],
      roles: [role],
      permissions: permissionsOf([role]),
      locale: 'zh',
      address: null,
      traceId: 't',
    });
    const reach = (role: Role): string[] =>
      ['own', 'below', 'other'].filter((id) => covers(scopeFor(viewer(role), 'REQUEST', 'READ'), id));
    expect(reach('APPLICANT')).toEqual(['own']);
    expect(reach('CITY_ADMINISTRATOR')).toEqual(['own', 'below']);
    expect(reach('CENTER_REVIEWER')).toEqual(['own', 'below', 'other']);
    expect(reach('SECURITY_ADMINISTRATOR')).toEqual([]);
  });
});

describe(kindFor, () => {
  it('lets an administrator hold no second role', () => {
    for (const administrator of ADMINISTRATOR_ROLES)
      for (const role of ROLES)
        expect(kindFor([role, administrator])).toBe(role === administrator ? administrator : undefined);
  });

  it('lets others hold several', () => {
    expect(kindFor(['APPLICANT', 'DEPARTMENT_HEAD'])).toBe('ORDINARY');
    expect(kindFor([])).toBeUndefined();
  });
});
