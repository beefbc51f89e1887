import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const FaultParts = graphql(`
  fragment FaultParts on AssessedFault {
    outageId
    code
    title
    layer
    from
    to
    orderCode
    windowCode
    minutes
    countedMinutes
    excuse
    leftOut
  }
`);

export const DeductionProposalParts = graphql(
  `
    fragment DeductionProposalParts on DeductionProposal {
      downMinutes
      excusedMinutes
      differs
      contract { id number name kind supplier { id name } }
      faults { ...FaultParts }
      assessment { availability fee share deduction room }
      entry { id amount state assessment { downMinutes excusedMinutes } }
    }
  `,
  [FaultParts],
);

export const DeductionProposalsQuery = graphql(
  `
    query DeductionProposals($month: String!) {
      deductionProposals(month: $month) {
        month
        isOver
        totalCount
        proposals { ...DeductionProposalParts }
      }
    }
  `,
  [DeductionProposalParts],
);

export const DeductByRecordMutation = graphql(
  `
    mutation DeductByRecord($input: RecordedDeductionInput!) {
      outcome: deductByRecord(input: $input) { entry { id } errors { ...UserErrorFields } }
    }
  `,
  [UserErrorFields],
);
