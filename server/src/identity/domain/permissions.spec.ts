import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  covers,
  PERMISSION_ACTIONS,
  PERMISSION_OBJECTS,
  type PermissionObject,
  ROLES,
  type Role,
  reaches,
  scopeFor,
  type Viewer,
} from '../../kernel/viewer.js';
import { ADMINISTRATOR_ROLES, kindFor } from './administrators.js';
import { BINDING_ACTIONS, PERMISSIONS_OF_ROLE, permissionsOf } from './permissions.js';

/** The whole table as it is meant, written a second time: b = systems that one is bound to, o = own department, t = tree, P = province, . = not at all. */
const MEANT = `
                         READ CREATE EDIT SUBMIT SIGN_OFF REVIEW WITHDRAW RELEASE OPERATE IMPORT EXPORT
APPLICANT
  REQUEST                o o o o . . o . . . o
  GATE                   P . . . . . . . . . .
  CALENDAR               P . . . . . . . . . .
  RESOURCE               o . o . . . . o o . o
  DR_DEBT                o . . . . . . . . . .
  DR_GROUP               o . . . . . . . . . .
  GO_LIVE                o o o . . . . . . . o
  WORK_ORDER             o o . . . . . . . . o
  SYSTEM                 o . . . . . . . . . o
  PROJECT                o . . . . . . . . . o
  DEPARTMENT             o . . . . . . . . . .
  QUOTA                  o . . . . . . . . . .
  PLAN                   o o . . . . . . . o o
  CENTER                 P . . . . . . . . . .
  CABINET                o . . . . . . . . . .
  SERVER                 o . . . . . . . . . o
  NETWORK                o . . . . . . . . . .
  CATALOG                P . . . . . . . . . .
  PRICE                  P . . . . . . . . . .
  PERFORMANCE            o . . . . . . . . . o
DEPARTMENT_HEAD
  REQUEST                t t t t t . t . . . t
  GATE                   P . . . . . . . . . .
  CALENDAR               P . . . . . . . . . .
  RESOURCE               t . t . . . . t t . t
  DR_DEBT                t . . . . . . . . . .
  DR_GROUP               t . . . t . . . . . .
  GO_LIVE                t t t . t . . . . . t
  WORK_ORDER             t t . . . . . . . . t
  SYSTEM                 t t t . . . . . . . t
  PROJECT                t t t . . . . . . . t
  DEPARTMENT             t . . . . . . . . . .
  QUOTA                  t . . . . . . . . . .
  PLAN                   t t . . t . . . . t t
  CENTER                 P . . . . . . . . . .
  CABINET                t . . . . . . . . . .
  SERVER                 t . . . . . . . . . t
  NETWORK                t . . . . . . . . . .
  CATALOG                P . . . . . . . . . .
  PRICE                  P . . . . . . . . . .
  BUDGET                 t . . . . . . . . . .
  STATEMENT              . . . . t . . . . . .
  PERFORMANCE            t . . . t . . . . . t
VENDOR_STAFF
  REQUEST                b b b . . . . . . . .
  GATE                   P . . . . . . . . . .
  CALENDAR               P . . . . . . . . . .
  RESOURCE               b . . . . . . . b . .
  DR_DEBT                b . . . . . . . . . .
  DR_GROUP               b . . . . . . . . . .
  GO_LIVE                b . b . b . . . . . .
  WORK_ORDER             b . . . . . . . . . .
  SYSTEM                 b . . . . . . . . . .
  PROJECT                b . . . . . . . . . .
  DEPARTMENT             o . . . . . . . . . .
  QUOTA                  b . . . . . . . . . .
  CENTER                 P . . . . . . . . . .
  CATALOG                P . . . . . . . . . .
  PRICE                  P . . . . . . . . . .
CENTER_ACCEPTANCE
  REQUEST                P . . . . P . . . . P
  CHAIN                  P . . . . . . . . . .
  GATE                   P . . . . . . . . . .
  CALENDAR               P . . . . . . . . . .
  RESOURCE               P . . . . . . . . . P
  DR_DEBT                P . . . . . . . . . .
  DR_GROUP               P . . . . . . . . . .
  DUTY                   P . . . . . . . . . .
  GO_LIVE                P . . . . P . . . . P
  WORK_ORDER             P . . . . . . . . . P
  SYSTEM                 P . . . . . . . . . P
  PROJECT                P . . . . . . . . . P
  DEPARTMENT             P . . . . . . . . . .
  QUOTA                  P . . . . . . . . . .
  PLAN                   P . P . . . . . . . P
  CENTER                 P . . . . . . . . . .
  CABINET                P . . . . . . . . . P
  SERVER                 P . . . . . . . . . P
  NETWORK                P . . . . . . . . . P
  CAPACITY               P . . . . . . . . . .
  OUTAGE                 P . . . . . . . . . .
  CATALOG                P . . . . . . . . . .
  PRICE                  P . . . . . . . . . .
  PERFORMANCE            P . . . . . . . . . P
CENTER_REVIEWER
  REQUEST                P . . . . P . . . . P
  CHAIN                  P . . . . . . . . . .
  GATE                   P . . . . . . . . . .
  CALENDAR               P . . . . . . . . . .
  RESOURCE               P . . . . P . . . . P
  DR_DEBT                P . . . . . . . . . .
  DR_GROUP               P . . . . . . . . . .
  DUTY                   P . . . . . . . . . .
  GO_LIVE                P . . . . P . . . . P
  WORK_ORDER             P . . . . . . . . . P
  SYSTEM                 P . . . . . . . . . P
  PROJECT                P . . . . . . . . . P
  DEPARTMENT             P . . . . . . . . . .
  QUOTA                  P . . . . . . . . . .
  PLAN                   P . . . . P . . . . P
  CENTER                 P . . . . . . . . . .
  CABINET                P . . . . . . . . . P
  SERVER                 P . . . . . . . . . P
  NETWORK                P . . . . . . . . . P
  CAPACITY               P . . . . . . . . . .
  OUTAGE                 P . . . . . . . . . .
  INTAKE                 P . . . . P . . . . .
  CATALOG                P . . . . . . . . . .
  PRICE                  P . . . . . . . . . .
  PERFORMANCE            P . P . . . . . . . P
CAPACITY_ALLOCATOR
  REQUEST                P . . . . P . . . . P
  CHAIN                  P . . . . . . . . . .
  GATE                   P . . . . . . . . . .
  CALENDAR               P . . . . . . . . . .
  RESOURCE               P . . . . P . . . . P
  LIFE_POLICY            . . P . . . . . . . .
  DR_DEBT                P . P . . . . . . . .
  DR_GROUP               P . . . . . . . . . .
  DUTY                   P . . . . . . . . . .
  GO_LIVE                P . . . . . . . . . P
  WORK_ORDER             P . . . . . . . . . P
  SYSTEM                 P . . . . . . . . . P
  PROJECT                P . . . . . . . . . P
  DEPARTMENT             P . . . . . . . . . .
  QUOTA                  P . P . . . . . . . .
  PLAN                   P . . . . . . . . . P
  CENTER                 P . P . . . . . . . .
  CABINET                P . . . . . . . . . P
  SERVER                 P . . . . . . . . . P
  NETWORK                P . . . . . . . . . P
  CAPACITY               P . P . . . . . . . .
  OUTAGE                 P . . . . . . . . . .
  INTAKE                 P P P . . . . . . P .
  CATALOG                P . P . . . . . . P .
  PRICE                  P . . . . . . . . . .
  PERFORMANCE            P . . . . . . . . . P
FACILITY_ENGINEER
  RESOURCE               P . . . . . . . . . .
  DR_DEBT                P . . . . . . . . . .
  DR_GROUP               P . . . . . . . . . .
  DUTY                   P . . . . . . . . . .
  GO_LIVE                P . . . . . . . . . .
  WORK_ORDER             P P P . . P . . . . P
  SYSTEM                 P . . . . . . . . . .
  DEPARTMENT             P . . . . . . . . . .
  CENTER                 P . P . . . . . . . .
  CABINET                P P P . . . . . . P P
  SERVER                 P P P . . . . . . P P
  NETWORK                P P P . . . . . . P P
  CAPACITY               P . . . . . . . . . .
  OUTAGE                 P . P . . . . . . . .
  INTAKE                 P P P . . . . . . P .
  CATALOG                P . . . . . . . . . .
PROVIDER_OPERATOR
  WORK_ORDER             . . P . . . . . . . .
  CENTER                 P . . . . . . . . . .
CLOUD_AUTHORITY
  REQUEST                P . . . . P . . . . P
  CHAIN                  P . P . . . . . . . .
  GATE                   P . P . . . . . . . .
  CALENDAR               P . . . . . . . . . .
  RESOURCE               P . . . . . . . . . P
  DR_DEBT                P . . . . . . . . . .
  DR_GROUP               P . . . P P . . . . .
  DUTY                   P . . . . . . . . . .
  GO_LIVE                P . . . . . . . . . P
  WORK_ORDER             P . . . . . . . . . P
  SYSTEM                 P . . . . . . . . . P
  PROJECT                P . . . . . . . . . P
  DEPARTMENT             P . . . . . . . . . .
  QUOTA                  P . P . . . . . . . .
  PLAN                   P . P . P . . . . . P
  CENTER                 P . . . . . . . . . .
  CABINET                P . . . . . . . . . P
  SERVER                 P . . . . . . . . . P
  NETWORK                P . . . . . . . . . P
  CAPACITY               P . . . . . . . . . .
  OUTAGE                 P . . . . . . . . . .
  INTAKE                 P . . . . . . . . . .
  CATALOG                P . . . . . . . . . .
  PRICE                  P . . . . . . . . . .
  BUDGET                 P . . . . . . . . . .
  SPEND                  P . . . . . . . . . P
  CLOSING                P . . . . . . . . . .
  PERFORMANCE            P . P . . P . . . . P
LEADER
  REQUEST                P . . . . P . . . . P
  CHAIN                  P . . . . . . . . . .
  GATE                   P . . . . . . . . . .
  CALENDAR               P . . . . . . . . . .
  RESOURCE               P . . . . . . . . . P
  DR_DEBT                P . . . . . . . . . .
  DR_GROUP               P . . . P P . P . . .
  DUTY                   P . . . . P . P P . .
  GO_LIVE                P . . . . . . . . . P
  WORK_ORDER             P . . . . . . . . . P
  SYSTEM                 P . . . . . . . . . P
  PROJECT                P . . . . . . . . . P
  DEPARTMENT             P . . . . . . . . . .
  QUOTA                  P . . . . . . . . . .
  PLAN                   P . . . . . . . . . P
  CENTER                 P . . . . . . . . . .
  CABINET                P . . . . . . . . . P
  SERVER                 P . . . . . . . . . P
  NETWORK                P . . . . . . . . . P
  CAPACITY               P . . . . . . . . . .
  OUTAGE                 P . . . . . . . . . .
  CATALOG                P . . . . . . . . . .
  PRICE                  P . . . . . . . . . .
  BUDGET                 P . . . . . . . . . .
  SPEND                  P . . . . . . . . . .
  CLOSING                P . . . . . . . . . .
  PERFORMANCE            P . . . . P . . . . P
FINANCE
  REQUEST                P . . . . . . . . . P
  CHAIN                  P . . . . . . . . . .
  GATE                   P . . . . . . . . . .
  CALENDAR               P . . . . . . . . . .
  RESOURCE               P . . . . . . . . . P
  DR_DEBT                P . . . . . . . . . .
  DR_GROUP               P . . . . . . . . . .
  DUTY                   P . . . . . . . . . .
  GO_LIVE                P . . . . . . . . . P
  WORK_ORDER             P . . . . . . . . . P
  SYSTEM                 P . . . . . . . . . P
  PROJECT                P . P . . . . . . . P
  DEPARTMENT             P . . . . . . . . . .
  QUOTA                  P . . . . . . . . . .
  PLAN                   P . . . . . . . . . P
  CENTER                 P . . . . . . . . . .
  CABINET                P . . . . . . . . . P
  SERVER                 P . . . . . . . . . P
  NETWORK                P . . . . . . . . . P
  CAPACITY               P . . . . . . . . . .
  OUTAGE                 P . . . . . . . . . .
  CATALOG                P . . . . . . . . . .
  PRICE                  P . P . . . . . . P P
  BUDGET                 P P P . . . . . . P P
  SPEND                  P . P . . P . . . P P
  CLOSING                P . . P . P . . . . .
  STATEMENT              . . . . . P . . . . .
  PERFORMANCE            P . . . . . . . . . P
DR_OPERATOR
  RESOURCE               P . . . . . . . . . .
  DR_DEBT                P . . . . . . . . . .
  DR_GROUP               P . P . P . . . P . .
  DUTY                   P . P . . . . . P . .
  GO_LIVE                P . . . . . . . . . .
  WORK_ORDER             P . . . . . . . . . .
  SYSTEM                 P . . . . . . . . . .
  DEPARTMENT             P . . . . . . . . . .
  CENTER                 P . . . . . . . . . .
  CABINET                P . . . . . . . . . P
  SERVER                 P . . . . . . . . . P
  NETWORK                P . . . . . . . . . P
  CAPACITY               P . . . . . . . . . .
  OUTAGE                 P . . . . . . . . . .
  CATALOG                P . . . . . . . . . .
DUTY_ENGINEER
  RESOURCE               P . . . . . . . P . .
  DR_DEBT                P . . . . . . . . . .
  DR_GROUP               P . . . . . . . P . .
  DUTY                   P . . . . . . . P . .
  GO_LIVE                P . . . . . . . . . .
  WORK_ORDER             P . . . . . . . . . .
  SYSTEM                 P . . . . . . . . . .
  DEPARTMENT             P . . . . . . . . . .
  CENTER                 P . . . . . . . . . .
  CABINET                P . . . . . . . . . P
  SERVER                 P . . . . . . . . . P
  NETWORK                P . . . . . . . . . P
  CAPACITY               P . . . . . . . . . .
  OUTAGE                 P . P . . . . . . . .
  CATALOG                P . . . . . . . . . .
CITY_ADMINISTRATOR
  REQUEST                t . . . . t . . . . t
  GATE                   P . . . . . . . . . .
  CALENDAR               P . . . . . . . . . .
  RESOURCE               t . . . . . . . . . t
  DR_DEBT                t . . . . . . . . . .
  DR_GROUP               t . . . . . . . . . .
  GO_LIVE                t . . . . . . . . . t
  WORK_ORDER             t . . . . . . . . . t
  SYSTEM                 t t t . . . . . . . t
  PROJECT                t t t . . . . . . . t
  DEPARTMENT             t t t . . . . . . . .
  QUOTA                  t . t . . . . . . . .
  PLAN                   t . . . . t . . . . t
  CENTER                 P . . . . . . . . . .
  CABINET                t . . . . . . . . . .
  SERVER                 t . . . . . . . . . t
  NETWORK                t . . . . . . . . . .
  CATALOG                P . . . . . . . . . .
  PRICE                  P . . . . . . . . . .
  BUDGET                 t . . . . . . . . . .
  CLOSING                t . . . . . . . . . .
  PERFORMANCE            t . . . . . . . . . t
  USER                   t t t . . . . . . t .
  ROLE                   . . t . . . . . . . .
CITY_FINANCE
  REQUEST                t . . . . . . . . . t
  GATE                   P . . . . . . . . . .
  CALENDAR               P . . . . . . . . . .
  RESOURCE               t . . . . . . . . . t
  DR_DEBT                t . . . . . . . . . .
  SYSTEM                 t . . . . . . . . . t
  PROJECT                t . t . . . . . . . t
  DEPARTMENT             t . . . . . . . . . .
  QUOTA                  t . . . . . . . . . .
  PLAN                   t . . . . . . . . . t
  CENTER                 P . . . . . . . . . .
  CATALOG                P . . . . . . . . . .
  PRICE                  P . . . . . . . . . .
  BUDGET                 t t t . . . . . . . t
  CLOSING                t . . t . t . . . . .
  STATEMENT              . . . . . t . . . . .
SYSTEM_ADMINISTRATOR
  CALENDAR               P . P . . . . . . . .
  DEPARTMENT             P P P . . . . . . . .
  USER                   P P P . . . . . . P .
  CHANNEL                P . P . . . . . . . .
SECURITY_ADMINISTRATOR
  CHAIN                  P . . . . P . . . . .
  GATE                   P . . . . P . . . . .
  DEPARTMENT             P . . . . . . . . . .
  USER                   P . . . . . . . . . .
  ROLE                   P . P . . . . . . . .
AUDIT_ADMINISTRATOR
  AUDIT                  P . . . . . . . . . P
ASSESSOR
  AUDIT                  P . . . . . . . . . P
`;

const SIGN = { BOUND_SYSTEMS: 'b', OWN_DEPARTMENT: 'o', DEPARTMENT_TREE: 't', PROVINCE: 'P' } as const;

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

const DEPARTMENT_OF: { readonly [systemId: string]: string } = { s1: 'own', s2: 'own', s3: 'below', s4: 'other' };

const BUSINESS: readonly PermissionObject[] = [
  'CLOSING',
  'STATEMENT',
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

  it("lets a vendor's staff submit and confirm nothing but its own company's word", () => {
    const binding = PERMISSIONS_OF_ROLE.VENDOR_STAFF.filter(({ action }) => BINDING_ACTIONS[action]);
    expect(binding.map(({ object, action, scope }) => [object, action, scope])).toEqual([
      ['GO_LIVE', 'SIGN_OFF', 'BOUND_SYSTEMS'],
    ]);
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
    expect(rolesThatMay('RESOURCE', 'OPERATE')).toEqual([
      'APPLICANT',
      'DEPARTMENT_HEAD',
      'VENDOR_STAFF',
      'DUTY_ENGINEER',
    ]);
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

describe('the scope of a vendor’s staff', () => {
  const vendor = (boundSystems: Viewer['boundSystems'], elsewhere: Viewer['elsewhere'] = []): Viewer => ({
    userId: 'u',
    username: 'u',
    name: 'U',
    sessionId: 's',
    departmentId: 'own',
    departmentTreeIds: ['own', 'below'],
    roles: ['VENDOR_STAFF'],
    permissions: permissionsOf(['VENDOR_STAFF']),
    ...(boundSystems ? { boundSystems } : {}),
    elsewhere,
    locale: 'zh',
    address: null,
    traceId: 't',
  });
  const OBJECTS = ['REQUEST', 'RESOURCE', 'SYSTEM', 'PROJECT', 'QUOTA'] as const;

  it('is nothing of a department, and nothing at all without a binding', () => {
    for (const object of OBJECTS) {
      const scope = scopeFor(vendor(undefined), object, 'READ');
      expect(scope).toEqual({ kind: 'DEPARTMENTS', departmentIds: [], systemIds: [] });
      expect(reaches(scope, { departmentId: 'own', systemId: 'any' })).toBe(false);
    }
  });

  it('is exactly the systems of that department that are bound, whatever is bound and held elsewhere', () => {
    const id = fc.constantFrom('own', 'below', 'other');
    const bound = fc.array(fc.record({ systemId: fc.constantFrom('s1', 's2', 's3', 's4'), departmentId: id }));
    const role = fc.constantFrom<Role>('APPLICANT', 'VENDOR_STAFF');
    fc.assert(
      fc.property(bound, fc.option(role, { nil: null }), id, (systems, member, departmentId) => {
        // A system is of one department.
        const boundSystems = systems.map(({ systemId }) => ({ systemId, departmentId: DEPARTMENT_OF[systemId] ?? '' }));
        const elsewhere = member
          ? [{ departmentId: 'other', departmentTreeIds: ['other'], permissions: permissionsOf([member]) }]
          : [];
        for (const object of OBJECTS) {
          const scope = scopeFor(vendor(boundSystems, elsewhere), object, 'READ');
          expect(covers(scope, departmentId)).toBe(departmentId === 'other' && member === 'APPLICANT');
          for (const [systemId, of] of Object.entries(DEPARTMENT_OF)) {
            const isBound = boundSystems.some((system) => system.systemId === systemId);
            const vendorThere = of === 'own' || (of === 'other' && member === 'VENDOR_STAFF');
            const whole = of === 'other' && member === 'APPLICANT';
            expect(reaches(scope, { departmentId: of, systemId })).toBe(whole || (isBound && vendorThere));
          }
        }
      }),
    );
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
