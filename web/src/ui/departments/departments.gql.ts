import { graphql } from '../../graphql/tada';

/** Of the departments that the viewer sees. */
export const DepartmentChoicesQuery = graphql(`
  query DepartmentChoices($search: String) {
    departments(first: 20, search: $search) { nodes { id name } }
  }
`);

/** The one that an address or a record names: it may not be among the first choices. */
export const DepartmentNameQuery = graphql(`
  query DepartmentName($id: ID!) {
    node(id: $id) { id ... on Department { name } }
  }
`);
