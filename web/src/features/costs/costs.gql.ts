import { graphql } from '../../graphql/tada';

export const CostTable = graphql(`
  fragment CostTable on CostPivot {
    columns { key label }
    rows { key label of amounts total }
    rest { rows amounts total }
    amounts
    total
    narrowedTo { dimension name below }
    draftedMonths
    draftedAt
  }
`);

export const CostsPageQuery = graphql(
  `
    query CostsPage(
      $rows: CostDimension!
      $columns: CostDimension
      $from: String!
      $to: String!
      $basis: CostBasis
      $side: CostSide
      $departmentId: ID
      $systemId: ID
      $projectId: ID
      $centerId: ID
      $budgetCode: String
      $share: ShareName
      $kind: MeteredKind
      $onlyDr: Boolean
    ) {
      costPivot(
        rows: $rows
        columns: $columns
        from: $from
        to: $to
        basis: $basis
        side: $side
        departmentId: $departmentId
        systemId: $systemId
        projectId: $projectId
        centerId: $centerId
        budgetCode: $budgetCode
        share: $share
        kind: $kind
        onlyDr: $onlyDr
      ) {
        ...CostTable
      }
      statementMonths
    }
  `,
  [CostTable],
);

export const UnallocatedQuery = graphql(`
  query UnallocatedCosts($month: String!) {
    sharedSpreads(month: $month) { spread unallocated }
  }
`);
