import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const LineDisputeRow = graphql(`
  fragment LineDisputeRow on LineDispute {
    id
    code
    month
    name
    resourceCode
    resourceName
    state
    amount
    correctedAmount
    raisedBy
    raisedAt
    department { id name }
  }
`);

export const LineDisputeListQuery = graphql(
  `
    query LineDisputeList($first: Int!, $after: String, $month: String, $departmentId: ID, $state: LineDisputeState) {
      lineDisputes(first: $first, after: $after, month: $month, departmentId: $departmentId, state: $state) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...LineDisputeRow }
      }
    }
  `,
  [LineDisputeRow],
);

export const LineDisputeParts = graphql(`
  fragment LineDisputeParts on LineDispute {
    id
    code
    month
    meter
    name
    from
    tier
    useId
    resourceCode
    resourceName
    kind
    state
    version
    amount
    correctedAmount
    reason
    raisedBy
    raisedAt
    answer
    answeredBy
    answeredAt
    department { id name }
    mayAnswer
    mayAmend
    earlierAnswers { correctedAmount answer answeredBy answeredAt }
    mayWithdraw
  }
`);

export const LineDisputePageQuery = graphql(
  `
    query LineDisputePage($id: ID!) {
      lineDispute(id: $id) { id ...LineDisputeParts }
    }
  `,
  [LineDisputeParts],
);

export const AnswerLineDisputeMutation = graphql(
  `
    mutation AnswerLineDispute($input: AnswerLineDisputeInput!) {
      outcome: answerLineDispute(input: $input) { lineDispute { id ...LineDisputeParts } errors { ...UserErrorFields } }
    }
  `,
  [LineDisputeParts, UserErrorFields],
);

export const WithdrawLineDisputeMutation = graphql(
  `
    mutation WithdrawLineDispute($input: WithdrawLineDisputeInput!) {
      outcome: withdrawLineDispute(input: $input) { lineDispute { id ...LineDisputeParts } errors { ...UserErrorFields } }
    }
  `,
  [LineDisputeParts, UserErrorFields],
);
