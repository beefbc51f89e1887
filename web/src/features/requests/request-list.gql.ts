import { graphql } from '../../graphql/tada';

export const RequestRow = graphql(`
  fragment RequestRow on Request {
    id
    code
    nature
    state
    purpose
    applicantName
    machineCount
    serverCount
    cabinetCount
    serviceCount
    monthlyCost
    createdAt
    submittedAt
    holder
    holderSince
    version
    dueAt
    overdue
    department { id name }
    system { id name }
  }
`);

export const RequestListQuery = graphql(
  `
    query RequestList($first: Int!, $after: String, $filter: RequestFilter, $orderBy: RequestOrder) {
      requests(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...RequestRow }
      }
    }
  `,
  [RequestRow],
);
