import { graphql } from '../../graphql/tada';

export const ChangeTable = graphql(`
  fragment ChangeTable on CostChange {
    before
    after
    rest
    parts { part amount }
    groups { key label of before after rest parts { part amount } }
    beyond { before after rest parts { part amount } }
    groupsBeyond
    narrowedTo { dimension name }
    madeAt
  }
`);

export const CostChangesPageQuery = graphql(
  `
    query CostChangesPage(
      $from: String!
      $to: String!
      $by: CostChangeDimension
      $side: CostSide
      $departmentId: ID
      $systemId: ID
      $projectId: ID
      $centerId: ID
    ) {
      costChange(
        from: $from
        to: $to
        by: $by
        side: $side
        departmentId: $departmentId
        systemId: $systemId
        projectId: $projectId
        centerId: $centerId
      ) {
        ...ChangeTable
      }
      statementMonths
    }
  `,
  [ChangeTable],
);

export const ChangeUsePage = graphql(`
  fragment ChangeUsePage on CostChangeUseConnection {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes { id departmentId kind code name parts { part amount } }
  }
`);

export const CostChangeUsesQuery = graphql(
  `
    query CostChangeUses(
      $from: String!
      $to: String!
      $part: CostChangePart
      $side: CostSide
      $departmentId: ID
      $systemId: ID
      $projectId: ID
      $centerId: ID
      $first: Int!
      $after: String
    ) {
      costChangeUses(
        from: $from
        to: $to
        part: $part
        side: $side
        departmentId: $departmentId
        systemId: $systemId
        projectId: $projectId
        centerId: $centerId
        first: $first
        after: $after
      ) {
        ...ChangeUsePage
      }
    }
  `,
  [ChangeUsePage],
);
