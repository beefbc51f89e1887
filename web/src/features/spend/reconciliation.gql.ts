import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const CellParts = graphql(`
  fragment CellParts on ReconciliationCell {
    month
    spend
    accounted
    unallocated
    cities
    explained
    unexplained
    vcpuMonths
    spendPerVcpuMonth
    accountedPerVcpuMonth
  }
`);

export const ReconciliationQuery = graphql(
  `
    query SpendReconciliation($year: Int!) {
      spendReconciliation(year: $year) {
        first
        last
        months
        centers {
          center { id name role }
          cells { ...CellParts }
          total { ...CellParts }
        }
        byMonth { ...CellParts }
        total { ...CellParts }
      }
    }
  `,
  [CellParts],
);

export const DifferenceRow = graphql(`
  fragment DifferenceRow on SpendDifference { id reason amount note enteredBy enteredAt reversesId }
`);

export const ReconciliationDetailQuery = graphql(
  `
    query ReconciliationDetail($month: String!, $centerId: ID) {
      reconciliationDetail(month: $month, centerId: $centerId) {
        cell { ...CellParts }
        spend {
          source
          amount
          contract { id number name }
          payment { id voucher from to }
          asset { id code name }
        }
        accounted { amount city department { id name } }
        differences { ...DifferenceRow }
      }
    }
  `,
  [CellParts, DifferenceRow],
);

export const ExplainDifferenceMutation = graphql(
  `
    mutation ExplainDifference($input: ExplainDifferenceInput!) {
      outcome: explainDifference(input: $input) { differenceId errors { ...UserErrorFields } }
    }
  `,
  [UserErrorFields],
);

export const TakeBackDifferenceMutation = graphql(
  `
    mutation TakeBackDifference($input: TakeBackDifferenceInput!) {
      outcome: takeBackDifference(input: $input) { differenceId errors { ...UserErrorFields } }
    }
  `,
  [UserErrorFields],
);
