import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const BudgetFiguresParts = graphql(`
  fragment BudgetFiguresParts on BudgetFigures { amount reserved spent available }
`);

export const BudgetRow = graphql(
  `
    fragment BudgetRow on Budget {
      id
      key
      name
      grain
      year
      budgetCode
      overrun
      paysCentrally
      department { id name }
      figures { ...BudgetFiguresParts amount reserved spent available }
    }
  `,
  [BudgetFiguresParts],
);

export const BudgetAdjustmentRow = graphql(`
  fragment BudgetAdjustmentRow on BudgetAdjustment {
    id
    change
    reason
    state
    requestedBy
    requestedAt
    decidedBy
    decidedAt
    note
    mine
    budget { id name }
  }
`);

export const BudgetListQuery = graphql(
  `
    query BudgetList($first: Int!, $after: String, $filter: BudgetFilter) {
      budgets(first: $first, after: $after, filter: $filter) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...BudgetRow }
      }
      budgetTotals(filter: $filter) {
        overrunCount
        years
        figures { ...BudgetFiguresParts }
        cities { ...BudgetFiguresParts }
      }
      budgetAdjustments(first: 20, filter: { state: REQUESTED }) { totalCount nodes { id ...BudgetAdjustmentRow } }
    }
  `,
  [BudgetRow, BudgetFiguresParts, BudgetAdjustmentRow],
);

export const BudgetParts = graphql(
  `
    fragment BudgetParts on Budget {
      id
      key
      name
      grain
      year
      budgetCode
      functionClass
      economicClass
      fundNature
      budgetLevel
      allotted
      overrun
      spentUnreserved
      paysCentrally
      version
      forecast { spent drafted running total left draftedAt }
      department { id name }
      project { id name code }
      parent { id name }
      figures { ...BudgetFiguresParts amount reserved spent available }
    }
  `,
  [BudgetFiguresParts],
);

export const BudgetEntryRow = graphql(`
  fragment BudgetEntryRow on BudgetEntry {
    id
    kind
    amount
    fromReserved
    subjectKind
    at
    actorName
    reason
    reversesId
    requestId
    month
    budget { id name department { id } }
  }
`);

export const BudgetPageQuery = graphql(
  `
    query BudgetPage($id: ID!, $first: Int!, $after: String, $items: BudgetFilter) {
      budget(id: $id) { id ...BudgetParts }
      budgetEntries(budgetId: $id, first: $first, after: $after) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...BudgetEntryRow }
      }
      budgets(first: 100, filter: $items) { totalCount nodes { id ...BudgetRow } }
      budgetAdjustments(first: 20, filter: { budgetId: $id }) { totalCount nodes { id ...BudgetAdjustmentRow } }
    }
  `,
  [BudgetParts, BudgetEntryRow, BudgetRow, BudgetAdjustmentRow],
);

export const BudgetDepartmentsQuery = graphql(`
  query BudgetDepartments($search: String, $year: Int!) {
    departments(first: 20, search: $search) { nodes { id name } }
    budgets(first: 100, filter: { year: $year, departmentsOnly: true, search: $search }) {
      nodes { id name department { id name } }
    }
  }
`);

export const CreateBudgetMutation = graphql(
  `
    mutation CreateBudget($input: CreateBudgetInput!) {
      outcome: createBudget(input: $input) {
        budget { id ...BudgetParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [BudgetParts, UserErrorFields],
);

export const RequestAdjustmentMutation = graphql(
  `
    mutation RequestBudgetAdjustment($input: RequestBudgetAdjustmentInput!) {
      outcome: requestBudgetAdjustment(input: $input) {
        adjustment { id ...BudgetAdjustmentRow }
        errors { ...UserErrorFields }
      }
    }
  `,
  [BudgetAdjustmentRow, UserErrorFields],
);

export const DecideAdjustmentMutation = graphql(
  `
    mutation DecideBudgetAdjustment($input: DecideBudgetAdjustmentInput!) {
      outcome: decideBudgetAdjustment(input: $input) {
        adjustment { id ...BudgetAdjustmentRow }
        errors { ...UserErrorFields }
      }
    }
  `,
  [BudgetAdjustmentRow, UserErrorFields],
);

export const NameCentralMutation = graphql(
  `
    mutation NameCentralBudget($input: NameCentralBudgetInput!) {
      outcome: nameCentralBudget(input: $input) {
        budget { id ...BudgetParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [BudgetParts, UserErrorFields],
);
