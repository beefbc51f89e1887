import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const DriftRow = graphql(`
  fragment DriftRow on Drift {
    id
    version
    subjectCode
    objectKind
    objectNamespace
    objectName
    path
    fieldClass
    wanted
    found
    manager
    handling
    state
    firstSeenAt
    lastSeenAt
    acceptedUntil
    decidedBy
    decidedAt
    reason
    endedAt
    availableActions
    center { id name role }
    department { id name }
    resource { id }
  }
`);

export const DriftPolicyFacts = graphql(`
  fragment DriftPolicyFacts on DriftPolicy {
    number
    reason
    changedAt
    changedBy
    rules { fieldClass handling }
  }
`);

export const DriftListQuery = graphql(
  `
    query DriftList(
      $first: Int!
      $after: String
      $filter: DriftFilter
      $withRules: Boolean!
      $resourceId: ID!
      $ofResource: Boolean!
    ) {
      drifts(first: $first, after: $after, filter: $filter) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...DriftRow }
      }
      driftPolicies @include(if: $withRules) { ...DriftPolicyFacts }
      centers { id code name role }
      node(id: $resourceId) @include(if: $ofResource) { id ... on Resource { name } }
    }
  `,
  [DriftRow, DriftPolicyFacts],
);

export const PutBackDriftMutation = graphql(
  `
    mutation PutBackDrift($input: PutBackDriftInput!) {
      outcome: putBackDrift(input: $input) { drift { id ...DriftRow } errors { ...UserErrorFields } }
    }
  `,
  [DriftRow, UserErrorFields],
);

export const AcceptDriftMutation = graphql(
  `
    mutation AcceptDrift($input: AcceptDriftInput!) {
      outcome: acceptDrift(input: $input) { drift { id ...DriftRow } errors { ...UserErrorFields } }
    }
  `,
  [DriftRow, UserErrorFields],
);

export const ChangeDriftPolicyMutation = graphql(
  `
    mutation ChangeDriftPolicy($input: ChangeDriftPolicyInput!) {
      outcome: changeDriftPolicy(input: $input) { policy { ...DriftPolicyFacts } errors { ...UserErrorFields } }
    }
  `,
  [DriftPolicyFacts, UserErrorFields],
);
