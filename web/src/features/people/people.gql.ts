import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const UserRow = graphql(`
  fragment UserRow on User {
    id
    username
    displayName
    state
    mustChangePassword
    lastSignInAt
    lockedUntil
    department { id name }
    roles { role until }
  }
`);

export const UserListQuery = graphql(
  `
    query UserList($first: Int!, $after: String, $filter: UserFilter) {
      users(first: $first, after: $after, filter: $filter) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...UserRow }
      }
    }
  `,
  [UserRow],
);

export const UserParts = graphql(`
  fragment UserParts on User {
    id
    username
    displayName
    phone
    state
    mustChangePassword
    lastSignInAt
    createdAt
    lockedUntil
    version
    availableActions
    department { id name code }
    roles { role until }
    memberships { role since until department { id name } }
  }
`);

export const UserPageQuery = graphql(
  `
    query UserPage($id: ID!) {
      user(id: $id) { id ...UserParts }
    }
  `,
  [UserParts],
);

export const RolePermissionsQuery = graphql(`
  query RolePermissions {
    rolePermissions {
      role
      exclusive
      givenInCities
      permissions { object action scope }
    }
  }
`);

export const CreateUserMutation = graphql(
  `
    mutation CreateUser($input: CreateUserInput!) {
      outcome: createUser(input: $input) {
        user { id username displayName }
        initialPassword
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const EditUserMutation = graphql(
  `
    mutation EditUser($input: EditUserInput!) {
      outcome: editUser(input: $input) {
        user { id ...UserParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserParts, UserErrorFields],
);

export const DisableUserMutation = graphql(
  `
    mutation DisableUser($input: DisableUserInput!) {
      outcome: disableUser(input: $input) {
        user { id ...UserParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserParts, UserErrorFields],
);

export const EnableUserMutation = graphql(
  `
    mutation EnableUser($input: UserActInput!) {
      outcome: enableUser(input: $input) {
        user { id ...UserParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserParts, UserErrorFields],
);

export const UnlockUserMutation = graphql(
  `
    mutation UnlockUser($input: UserActInput!) {
      outcome: unlockUser(input: $input) {
        user { id ...UserParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserParts, UserErrorFields],
);

export const ResetPasswordMutation = graphql(
  `
    mutation ResetUserPassword($input: UserActInput!) {
      outcome: resetUserPassword(input: $input) {
        user { id ...UserParts }
        initialPassword
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserParts, UserErrorFields],
);

export const SetUserRolesMutation = graphql(
  `
    mutation SetUserRoles($input: SetUserRolesInput!) {
      outcome: setUserRoles(input: $input) {
        user { id ...UserParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserParts, UserErrorFields],
);

export const AddMembershipMutation = graphql(
  `
    mutation AddMembership($input: AddMembershipInput!) {
      outcome: addMembership(input: $input) {
        user { id ...UserParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserParts, UserErrorFields],
);

export const EndMembershipMutation = graphql(
  `
    mutation EndMembership($input: EndMembershipInput!) {
      outcome: endMembership(input: $input) {
        user { id ...UserParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserParts, UserErrorFields],
);

export const IssueInitialPasswordsMutation = graphql(
  `
    mutation IssueInitialPasswords($input: IssueInitialPasswordsInput!) {
      outcome: issueInitialPasswords(input: $input) {
        issued { username displayName initialPassword }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const DepartmentOption = graphql(`
  fragment DepartmentOption on Department {
    id
    name
    code
  }
`);

export const DepartmentSearchQuery = graphql(
  `
    query DepartmentSearch($search: String) {
      departments(first: 20, search: $search, filter: { state: ACTIVE }) {
        totalCount
        nodes { id ...DepartmentOption }
      }
    }
  `,
  [DepartmentOption],
);

export const PersonOption = graphql(`
  fragment PersonOption on Person {
    id
    displayName
    department { id name }
  }
`);

export const HandOverPeopleQuery = graphql(
  `
    query HandOverPeople($search: String) {
      handOverPeople(search: $search) { id ...PersonOption }
    }
  `,
  [PersonOption],
);

export const HandOverPreviewQuery = graphql(
  `
    query HandOverPreview($fromId: ID!, $search: String) {
      handOverPreview(fromId: $fromId) {
        from { id ...PersonOption }
        parts { key name count }
        mayDisable
        successors(search: $search) { id ...PersonOption }
      }
    }
  `,
  [PersonOption],
);

export const HandOverMutation = graphql(
  `
    mutation HandOver($input: HandOverInput!) {
      outcome: handOverWork(input: $input) {
        moved { key name count }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);
