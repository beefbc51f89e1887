import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const DepartmentRow = graphql(`
  fragment DepartmentRow on Department {
    id
    code
    name
    level
    state
    version
    contactName
    contactPhone
    headNames
    peopleCount
    bureauCount
    mayEdit
    mayAddBureau
    parent { id name code }
  }
`);

export const DepartmentListQuery = graphql(
  `
    query DepartmentList($first: Int!, $after: String, $search: String, $filter: DepartmentFilter) {
      departments(first: $first, after: $after, search: $search, filter: $filter) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...DepartmentRow }
      }
    }
  `,
  [DepartmentRow],
);

/** The bureaus of the city that is folded out; no city has more than a page of them. */
export const BureausQuery = graphql(
  `
    query Bureaus($city: ID!) {
      departments(first: 100, filter: { parentId: $city }) {
        nodes { id ...DepartmentRow }
      }
    }
  `,
  [DepartmentRow],
);

export const CreateDepartmentMutation = graphql(
  `
    mutation CreateDepartment($input: CreateDepartmentInput!) {
      outcome: createDepartment(input: $input) {
        department { id ...DepartmentRow }
        errors { ...UserErrorFields }
      }
    }
  `,
  [DepartmentRow, UserErrorFields],
);

export const EditDepartmentMutation = graphql(
  `
    mutation EditDepartment($input: EditDepartmentInput!) {
      outcome: editDepartment(input: $input) {
        department { id ...DepartmentRow }
        errors { ...UserErrorFields }
      }
    }
  `,
  [DepartmentRow, UserErrorFields],
);

export const CloseDepartmentMutation = graphql(
  `
    mutation CloseDepartment($input: DepartmentActInput!) {
      outcome: closeDepartment(input: $input) {
        department { id ...DepartmentRow }
        errors { ...UserErrorFields }
      }
    }
  `,
  [DepartmentRow, UserErrorFields],
);
