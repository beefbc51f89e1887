import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const StatementFrameParts = graphql(`
  fragment StatementFrameParts on DraftStatement {
    month
    until
    complete
    proration
    sameUnitMinimum
    total { amount drAmount correctedAmount resources unpriced disputed suspended }
    cities { amount }
    closing { id state }
  }
`);

export const StatementWordParts = graphql(`
  fragment StatementWordParts on DraftStatement {
    month
    complete
    mayConfirm
    issue { state lines amount issuedAt dueAt confirmedBy confirmedAt }
    figures { lines amount }
    closing { id state }
  }
`);

export const ConfirmStatementMutation = graphql(
  `
    mutation ConfirmStatement($input: ConfirmStatementInput!) {
      outcome: confirmStatement(input: $input) { confirmed errors { ...UserErrorFields } }
    }
  `,
  [UserErrorFields],
);

export const DisputeStatementLineMutation = graphql(
  `
    mutation DisputeStatementLine($input: DisputeStatementLineInput!) {
      outcome: disputeStatementLine(input: $input) {
        lineDispute { id code }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const DepartmentStatementRow = graphql(`
  fragment DepartmentStatementRow on DepartmentStatement {
    department { id name }
    amount
    drAmount
    resources
    unpriced
    disputed
    suspended
  }
`);

export const SharedSpreadSums = graphql(`
  fragment SharedSpreadSums on SharedSpread { spread unallocated }
`);

export const StatementListQuery = graphql(
  `
    query StatementList($first: Int!, $after: String, $month: String!, $side: StatementSide) {
      departmentStatements(first: $first, after: $after, month: $month, side: $side) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { ...DepartmentStatementRow }
      }
      draftStatement(month: $month) { ...StatementFrameParts }
      sharedSpreads(month: $month) { ...SharedSpreadSums }
      statementMonths
    }
  `,
  [DepartmentStatementRow, StatementFrameParts, SharedSpreadSums],
);

export const StatementPartFields = graphql(`
  fragment StatementPartFields on StatementPart { key label amount resources }
`);

export const StatementPartsFields = graphql(
  `
    fragment StatementPartsFields on DraftStatement {
      bySystem { ...StatementPartFields }
      byMeter { ...StatementPartFields }
      byCenter { ...StatementPartFields }
    }
  `,
  [StatementPartFields],
);

export const StatementLineRow = graphql(`
  fragment StatementLineRow on StatementLine {
    meter
    name
    unit
    from
    to
    tier
    priceTier { number from to }
    quantity
    period
    portionNumerator
    portionDenominator
    minimum
    state
    unitPrice
    amount
    ratedAmount
    price { from to reason kind listPrice }
    listAmount
  }
`);

export const StatementCorrectionRow = graphql(`
  fragment StatementCorrectionRow on StatementCorrection { ofMonth meter name cause before amount }
`);

export const StatementResourceRow = graphql(
  `
    fragment StatementResourceRow on StatementResource {
      useId
      subjectId
      kind
      code
      name
      share
      amount
      drAmount
      unpriced
      disputed
      suspended
      system { id name }
      lines { ...StatementLineRow }
      corrections { ...StatementCorrectionRow }
    }
  `,
  [StatementLineRow, StatementCorrectionRow],
);

export const StatementPageQuery = graphql(
  `
    query StatementPage(
      $first: Int!
      $after: String
      $month: String!
      $departmentId: ID!
      $systemId: ID
      $projectId: ID
      $centerId: ID
      $budgetCode: String
      $share: ShareName
      $kind: MeteredKind
      $onlyDr: Boolean
      $narrowed: Boolean!
      $search: String
    ) {
      statementResources(
        first: $first
        after: $after
        month: $month
        departmentId: $departmentId
        systemId: $systemId
        projectId: $projectId
        centerId: $centerId
        budgetCode: $budgetCode
        share: $share
        kind: $kind
        onlyDr: $onlyDr
        search: $search
      ) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { ...StatementResourceRow }
      }
      narrowedStatement(
        month: $month
        departmentId: $departmentId
        systemId: $systemId
        projectId: $projectId
        centerId: $centerId
        budgetCode: $budgetCode
        share: $share
        kind: $kind
        onlyDr: $onlyDr
      ) @include(if: $narrowed) {
        amount
        resources
        narrowedTo { side name }
      }
      draftStatement(month: $month, departmentId: $departmentId) {
        department { id name }
        ...StatementFrameParts
        ...StatementWordParts
        ...StatementPartsFields
      }
      statementMonths
    }
  `,
  [StatementResourceRow, StatementFrameParts, StatementPartsFields, StatementWordParts],
);
