import { toNodeId } from '../../../server/src/kernel/node-id.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import {
  byId,
  type Case,
  type Cases,
  CLOSED,
  type Clients,
  type Foreign,
  has,
  listed,
  type NodeIds,
  USERS_OF_ALL,
} from './case.ts';

/** Accounts, hand-over and departments. */
const NOBODY = toNodeId('User', newId());
const NO_DEPARTMENT = toNodeId('Department', newId());

/** An act that is refused by its version wherever the thing may be looked after, so that nothing changes. */
const accountAct = (
  mutation: string,
  type: string,
  more: (f: Foreign, exists: boolean) => object,
  seen: readonly string[],
): Case => ({
  ask: (f, exists) => ({
    query: `mutation M($input: ${type}!) { ${mutation}(input: $input) { user { id } errors { code message path } } }`,
    variables: {
      input: {
        id: exists ? f.userId : NOBODY,
        expectedVersion: 4_711,
        idempotencyKey: newId(),
        ...more(f, exists),
      },
    },
  }),
  seen,
  shows: (answer) => JSON.stringify(answer.data ?? null).includes('VERSION_CONFLICT'),
});
const none = () => ({});
const departmentAct = (mutation: string, type: string, more: object): Case => ({
  ask: (f, exists) => ({
    query: `mutation M($input: ${type}!) { ${mutation}(input: $input) { department { id } errors { code message path } } }`,
    variables: {
      input: {
        id: exists ? f.departmentId : NO_DEPARTMENT,
        expectedVersion: 4_711,
        idempotencyKey: newId(),
        ...more,
      },
    },
  }),
  seen: ['sysadmin'],
  shows: (answer) => JSON.stringify(answer.data ?? null).includes('VERSION_CONFLICT'),
});
const membership = (f: Foreign, exists: boolean) => ({
  departmentId: exists ? f.departmentId : NO_DEPARTMENT,
  role: 'APPLICANT',
});

export const peopleCases: Cases = {
  'Query.users': {
    ask: (f, exists) => ({
      query: 'query U($filter: UserFilter) { users(filter: $filter) { totalCount } }',
      variables: { filter: { search: exists ? f.username : 'no such name' } },
    }),
    seen: USERS_OF_ALL,
    shows: listed('users'),
  },
  'Query.user': {
    ask: byId(
      'user',
      (f) => f.userId,
      () => NOBODY,
    ),
    seen: USERS_OF_ALL,
    shows: has('user', 'id'),
  },
  'Query.rolePermissions': { ...CLOSED, ask: () => ({ query: '{ rolePermissions { role } }' }) },
  'Query.handOverPeople': {
    ask: (f, exists) => ({
      query: 'query P($search: String) { handOverPeople(search: $search) { id displayName } }',
      variables: { search: exists ? f.displayName : '无此人' },
    }),
    seen: ['sysadmin'],
    shows: (answer) => ((answer.data?.handOverPeople as unknown as unknown[] | undefined) ?? []).length > 0,
  },
  'Query.handOverPreview': {
    ask: (f, exists) => ({
      query: 'query P($id: ID!) { handOverPreview(fromId: $id) { from { displayName } successors { displayName } } }',
      variables: { id: exists ? f.userId : NOBODY },
    }),
    seen: ['sysadmin'],
    shows: has('handOverPreview', 'from'),
  },
  'Mutation.handOverWork': {
    ask: (f, exists) => ({
      query:
        'mutation H($input: HandOverInput!) { handOverWork(input: $input) { moved { count } errors { code message path } } }',
      variables: {
        input: {
          fromId: exists ? f.userId : NOBODY,
          toId: exists ? f.userId : NOBODY,
          reason: '',
          leaves: false,
          idempotencyKey: newId(),
        },
      },
    }),
    // Whoever may do it is told what is wrong with it.
    seen: ['sysadmin'],
    shows: (answer) => JSON.stringify(answer.data ?? null).includes('INVALID_INPUT'),
  },
  'Mutation.createUser': {
    ...CLOSED,
    ask: (f, exists) => ({
      query: 'mutation C($input: CreateUserInput!) { createUser(input: $input) { errors { code message path } } }',
      variables: {
        input: {
          username: 'x y',
          displayName: '某人',
          departmentId: exists ? f.departmentId : NO_DEPARTMENT,
          idempotencyKey: newId(),
        },
      },
    }),
    seen: ['sysadmin'],
    // Who makes accounts everywhere hears of the name only; an unknown department is said besides.
    shows: (answer) =>
      JSON.stringify(answer.data ?? null).includes('INVALID_INPUT') &&
      !JSON.stringify(answer.data).includes('UNKNOWN_REFERENCE'),
  },
  'Mutation.editUser': accountAct('editUser', 'EditUserInput', () => ({ displayName: '某人' }), ['sysadmin']),
  'Mutation.disableUser': accountAct('disableUser', 'DisableUserInput', () => ({ reason: '离职' }), ['sysadmin']),
  'Mutation.enableUser': accountAct('enableUser', 'UserActInput', none, ['sysadmin']),
  'Mutation.unlockUser': accountAct('unlockUser', 'UserActInput', none, ['sysadmin']),
  'Mutation.resetUserPassword': accountAct('resetUserPassword', 'UserActInput', none, ['sysadmin']),
  'Mutation.issueInitialPasswords': {
    ask: (f, exists) => ({
      query:
        'mutation I($input: IssueInitialPasswordsInput!) { issueInitialPasswords(input: $input) { issued { username } errors { code message path } } }',
      variables: { input: { userIds: [exists ? f.userId : NOBODY], idempotencyKey: newId() } },
    }),
    // The account is in use: whoever looks after it is told so.
    seen: ['sysadmin'],
    shows: (answer) => JSON.stringify(answer.data ?? null).includes('NOT_PERMITTED'),
  },
  'Mutation.setUserRoles': accountAct('setUserRoles', 'SetUserRolesInput', () => ({ roles: [] }), ['secadmin']),
  'Mutation.addMembership': accountAct('addMembership', 'AddMembershipInput', membership, ['secadmin']),
  'Mutation.endMembership': accountAct('endMembership', 'EndMembershipInput', membership, ['secadmin']),
  'Mutation.changePassword': {
    ...CLOSED,
    // Too short, so that it is refused before it counts as a try.
    ask: () => ({
      query:
        'mutation { changePassword(input: { currentPassword: "x", newPassword: "x" }) { changed errors { code message } } }',
    }),
  },
  'Mutation.createDepartment': {
    ...CLOSED,
    ask: (f, exists) => ({
      query:
        'mutation C($input: CreateDepartmentInput!) { createDepartment(input: $input) { errors { code message path } } }',
      variables: {
        input: {
          code: 'Not A Code',
          name: '某局',
          level: 'BUREAU',
          parentId: exists ? f.departmentId : NO_DEPARTMENT,
          idempotencyKey: newId(),
        },
      },
    }),
  },
  'Mutation.editDepartment': departmentAct('editDepartment', 'EditDepartmentInput', { name: '某厅' }),
  'Mutation.closeDepartment': departmentAct('closeDepartment', 'DepartmentActInput', {}),
};

export async function peopleNodes(_clients: Clients, foreign: Foreign): Promise<NodeIds> {
  return { User: [foreign.userId, USERS_OF_ALL] };
}
