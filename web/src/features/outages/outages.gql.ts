import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const OutageRow = graphql(`
  fragment OutageRow on Outage {
    id
    code
    layer
    title
    from
    to
    minutes
    liability
    excuse
    source
    orderId
    orderCode
    windowCode
    version
    recordedBy
    recordedAt
    changedBy
    changedAt
    withdrawnAt
    withdrawnReason
    center { id name role }
    pool { id code }
    systems { id name code }
    files { id name url }
  }
`);

export const OutageListQuery = graphql(
  `
    query OutageList($first: Int!, $after: String, $filter: OutageFilter) {
      outages(first: $first, after: $after, filter: $filter) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...OutageRow }
      }
    }
  `,
  [OutageRow],
);

export const OutageCentersQuery = graphql(`
  query OutageCenters {
    centers { id name pools { id code } }
  }
`);

export const OutageSystemsQuery = graphql(`
  query OutageSystems($search: String) {
    systems(first: 20, search: $search) { nodes { id name code } }
  }
`);

export const RecordOutageMutation = graphql(
  `
    mutation RecordOutage($input: RecordOutageInput!) {
      outcome: recordOutage(input: $input) { outage { id ...OutageRow } errors { ...UserErrorFields } }
    }
  `,
  [OutageRow, UserErrorFields],
);

export const CorrectOutageMutation = graphql(
  `
    mutation CorrectOutage($input: CorrectOutageInput!) {
      outcome: correctOutage(input: $input) { outage { id ...OutageRow } errors { ...UserErrorFields } }
    }
  `,
  [OutageRow, UserErrorFields],
);

export const WithdrawOutageMutation = graphql(
  `
    mutation WithdrawOutage($input: WithdrawOutageInput!) {
      outcome: withdrawOutage(input: $input) { outage { id ...OutageRow } errors { ...UserErrorFields } }
    }
  `,
  [OutageRow, UserErrorFields],
);
