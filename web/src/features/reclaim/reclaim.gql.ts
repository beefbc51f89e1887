import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const ReclaimRow = graphql(`
  fragment ReclaimRow on ReclaimCase {
    id
    code
    state
    cause
    evidence
    openedByName
    openedAt
    dueAt
    closedAt
    version
    department { id name }
    resource { id name code }
    line { id name kind request { id } }
    availableActions { action disabledReason }
  }
`);

export const ReclaimListQuery = graphql(
  `
    query ReclaimList($first: Int!, $after: String, $filter: ReclaimCaseFilter) {
      reclaimCases(first: $first, after: $after, filter: $filter) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...ReclaimRow }
      }
    }
  `,
  [ReclaimRow],
);

export const ReclaimFacts = graphql(`
  fragment ReclaimFacts on ReclaimCase {
    id
    cause
    evidence
    figures { label value }
    openedByName
    openedAt
    dueAt
    closedAt
    department { id name }
    resource { id name code state life { binUntil binCause } }
    line { id name kind count endedAt request { id code } }
    state
  }
`);

export const ReclaimEvents = graphql(`
  fragment ReclaimEvents on ReclaimCase {
    id
    state
    events { id at actorName action reason files { id name url } }
  }
`);

export const ReclaimActions = graphql(`
  fragment ReclaimActions on ReclaimCase {
    id
    code
    version
    availableActions { action disabledReason }
    line { id }
  }
`);

export const ReclaimParts = graphql(
  `
    fragment ReclaimParts on ReclaimCase {
      id
      code
      state
      ...ReclaimFacts
      ...ReclaimEvents
      ...ReclaimActions
    }
  `,
  [ReclaimFacts, ReclaimEvents, ReclaimActions],
);

export const ReclaimPageQuery = graphql(
  `
    query ReclaimPage($id: ID!) {
      reclaimCase(id: $id) { id ...ReclaimParts }
    }
  `,
  [ReclaimParts],
);

export const ReclaimTargetQuery = graphql(`
  query ReclaimTarget($id: ID!) {
    resource(id: $id) {
      id
      code
      name
      state
      vcpu
      memoryMib
      monthlyCost
      deliveredAt
      department { id name }
      system { id name }
      reclaimCase { id code }
      use { state idle { text figures { label value } } }
    }
  }
`);

export const ReclaimLineTargetQuery = graphql(`
  query ReclaimLineTarget($id: ID!) {
    lineTerm(lineId: $id) {
      id
      lineId
      name
      kind
      count
      temporaryUntil
      department { id name }
      system { id name }
      request { id code }
    }
  }
`);

export const OpenLineReclaimCaseMutation = graphql(
  `
    mutation OpenLineReclaimCase($input: OpenLineReclaimCaseInput!) {
      outcome: openLineReclaimCase(input: $input) {
        case { id code }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const OpenReclaimCaseMutation = graphql(
  `
    mutation OpenReclaimCase($input: OpenReclaimCaseInput!) {
      outcome: openReclaimCase(input: $input) {
        case { id code }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const ObjectToReclaimMutation = graphql(
  `
    mutation ObjectToReclaim($input: ReclaimActInput!) {
      outcome: objectToReclaim(input: $input) { case { id ...ReclaimParts } errors { ...UserErrorFields } }
    }
  `,
  [ReclaimParts, UserErrorFields],
);

export const AnswerReclaimsMutation = graphql(
  `
    mutation AnswerReclaims($input: AnswerReclaimsInput!) {
      outcome: answerReclaims(input: $input) {
        results { caseId case { id ...ReclaimRow } errors { ...UserErrorFields } }
        errors { ...UserErrorFields }
      }
    }
  `,
  [ReclaimRow, UserErrorFields],
);

export const AgreeToReclaimMutation = graphql(
  `
    mutation AgreeToReclaim($input: ReclaimActInput!) {
      outcome: agreeToReclaim(input: $input) { case { id ...ReclaimParts } errors { ...UserErrorFields } }
    }
  `,
  [ReclaimParts, UserErrorFields],
);

export const DecideReclaimMutation = graphql(
  `
    mutation DecideReclaim($input: ReclaimActInput!) {
      outcome: decideReclaim(input: $input) { case { id ...ReclaimParts } errors { ...UserErrorFields } }
    }
  `,
  [ReclaimParts, UserErrorFields],
);

export const CloseReclaimCaseMutation = graphql(
  `
    mutation CloseReclaimCase($input: ReclaimActInput!) {
      outcome: closeReclaimCase(input: $input) { case { id ...ReclaimParts } errors { ...UserErrorFields } }
    }
  `,
  [ReclaimParts, UserErrorFields],
);

export const UndoReclaimMutation = graphql(
  `
    mutation UndoReclaim($input: ReclaimActInput!) {
      outcome: undoReclaim(input: $input) { case { id ...ReclaimParts } errors { ...UserErrorFields } }
    }
  `,
  [ReclaimParts, UserErrorFields],
);
