import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const ClosingCheckFields = graphql(`
  fragment ClosingCheckFields on ClosingCheck { item result count examples explanation }
`);

export const ClosingRow = graphql(`
  fragment ClosingRow on Closing {
    id
    kind
    ofMonth
    month
    round
    state
    lines
    amount
    requestedBy
    requestedAt
    decidedBy
    document { hash closedAt }
  }
`);

export const ClosingMonthParts = graphql(
  `
    fragment ClosingMonthParts on ClosingMonth {
      month
      departments
      lines
      amount
      mayRequest
      checklist { ...ClosingCheckFields }
      closings { id kind state round mayDecide }
    }
  `,
  [ClosingCheckFields],
);

export const ClosingListQuery = graphql(
  `
    query ClosingList($first: Int!, $after: String, $month: String!, $cityId: ID) {
      closingRecord(first: $first, after: $after, cityId: $cityId) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...ClosingRow }
      }
      closingMonth(month: $month, cityId: $cityId) { ...ClosingMonthParts }
      closingBooks { cityId name own }
      statementMonths
    }
  `,
  [ClosingRow, ClosingMonthParts],
);

export const ClosingParts = graphql(
  `
    fragment ClosingParts on Closing {
      id
      kind
      ofMonth
      month
      round
      state
      version
      lines
      amount
      reason
      requestedBy
      requestedAt
      decidedBy
      decidedAt
      opinion
      city { id name }
      checklist { ...ClosingCheckFields }
      document { hash previousHash format statements closedAt }
      statementsClosed { departmentId departmentName lines amount hash }
      mayDecide
      mayWithdraw
      mayReverse
    }
  `,
  [ClosingCheckFields],
);

export const ClosingPageQuery = graphql(
  `
    query ClosingPage($id: ID!) {
      closing(id: $id) { id ...ClosingParts }
    }
  `,
  [ClosingParts],
);

export const RequestClosingMutation = graphql(
  `
    mutation RequestClosing($input: RequestClosingInput!) {
      outcome: requestClosing(input: $input) { closing { id ...ClosingParts } errors { ...UserErrorFields } }
    }
  `,
  [ClosingParts, UserErrorFields],
);

export const RequestReversalMutation = graphql(
  `
    mutation RequestReversal($input: RequestReversalInput!) {
      outcome: requestReversal(input: $input) { closing { id ...ClosingParts } errors { ...UserErrorFields } }
    }
  `,
  [ClosingParts, UserErrorFields],
);

export const ApproveClosingMutation = graphql(
  `
    mutation ApproveClosing($input: DecideClosingInput!) {
      outcome: approveClosing(input: $input) { closing { id ...ClosingParts } errors { ...UserErrorFields } }
    }
  `,
  [ClosingParts, UserErrorFields],
);

export const ReturnClosingMutation = graphql(
  `
    mutation ReturnClosing($input: DecideClosingInput!) {
      outcome: returnClosing(input: $input) { closing { id ...ClosingParts } errors { ...UserErrorFields } }
    }
  `,
  [ClosingParts, UserErrorFields],
);

export const WithdrawClosingMutation = graphql(
  `
    mutation WithdrawClosing($input: DecideClosingInput!) {
      outcome: withdrawClosing(input: $input) { closing { id ...ClosingParts } errors { ...UserErrorFields } }
    }
  `,
  [ClosingParts, UserErrorFields],
);

export const VerifyClosingMutation = graphql(
  `
    mutation VerifyClosing($id: ID!) {
      verifyClosing(id: $id) { whole certified findings { kind departmentId } errors { ...UserErrorFields } }
    }
  `,
  [UserErrorFields],
);
