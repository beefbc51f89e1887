import { graphql } from '../../graphql/tada';

export const IdleCostsPageQuery = graphql(`
  query IdleCostsPage(
    $month: String!
    $by: IdleCostDimension
    $side: CostSide
    $departmentId: ID
    $systemId: ID
    $centerId: ID
  ) {
    idleCost(
      month: $month
      by: $by
      side: $side
      departmentId: $departmentId
      systemId: $systemId
      centerId: $centerId
    ) {
      machines
      amount
      total
      groups { key label of machines amount }
      dearest { resourceId departmentId departmentName code name amount }
      narrowedTo { dimension name }
      reckonedAt
    }
    statementMonths
  }
`);
