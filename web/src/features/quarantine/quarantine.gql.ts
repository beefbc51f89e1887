import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const QuarantineRow = graphql(`
  fragment QuarantineRow on QuarantinedObject {
    id
    version
    objectKind
    objectNamespace
    objectName
    cause
    claimedId
    power
    state
    passes
    firstSeenAt
    haltedAt
    haltTrouble
    decidedBy
    decidedAt
    reason
    endedAt
    availableActions
    events { kind actorName reason at }
    center { id name role }
  }
`);

export const QuarantineListQuery = graphql(
  `
    query QuarantineList($first: Int!, $after: String, $filter: QuarantineFilter) {
      quarantinedObjects(first: $first, after: $after, filter: $filter) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...QuarantineRow }
      }
      centers { id code name role }
    }
  `,
  [QuarantineRow],
);

export const DecideQuarantineMutation = graphql(
  `
    mutation DecideQuarantine($input: DecideQuarantineInput!) {
      outcome: decideQuarantine(input: $input) { object { id ...QuarantineRow } errors { ...UserErrorFields } }
    }
  `,
  [QuarantineRow, UserErrorFields],
);
