import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';
import { QuotaFigures } from '../../ui/quota/quota.gql';

export const ProjectRow = graphql(`
  fragment ProjectRow on Project {
    id
    code
    name
    budgetYear
    fundSource
    budgetLevel
    budgetCode
    functionClass
    totalBudget
    department { id name }
  }
`);

export const ProjectListQuery = graphql(
  `
    query ProjectList($first: Int!, $after: String, $search: String, $filter: ProjectFilter) {
      projects(first: $first, after: $after, search: $search, filter: $filter) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...ProjectRow }
      }
    }
  `,
  [ProjectRow],
);

export const ProjectParts = graphql(
  `
    fragment ProjectParts on Project {
      id
      code
      name
      version
      editing
      budgetYear
      fundSource
      approvalNumber
      filingNumber
      filedOn
      budgetCode
      functionClass
      economicClass
      fundNature
      fundingMode
      budgetLevel
      budgetLevelReason
      totalBudget
      performanceTargets
      department { id name level }
      periods { from to system { id code name } }
      attachments { id name sizeBytes url }
      quota { id ...QuotaFigures }
    }
  `,
  [QuotaFigures],
);

export const ProjectPageQuery = graphql(
  `
    query ProjectPage($id: ID!) {
      project(id: $id) { id ...ProjectParts }
    }
  `,
  [ProjectParts],
);

export const ProjectSearchQuery = graphql(`
  query ProjectSearch($search: String) {
    projects(first: 30, search: $search) { nodes { id code name budgetYear } }
  }
`);

export const RegisterProjectMutation = graphql(
  `
    mutation RegisterProject($input: RegisterProjectInput!) {
      outcome: registerProject(input: $input) {
        project { id ...ProjectParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [ProjectParts, UserErrorFields],
);

export const EditProjectMutation = graphql(
  `
    mutation EditProject($input: EditProjectInput!) {
      outcome: editProject(input: $input) {
        project { id ...ProjectParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [ProjectParts, UserErrorFields],
);
