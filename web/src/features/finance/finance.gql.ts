import { graphql } from '../../graphql/tada';

export const CostHeadParts = graphql(`
  fragment CostHeadParts on CostOverview {
    month
    lastMonth
    beforeMonth
    monthToDate
    lastMonthAmount
    beforeMonthAmount
    yearToDate
    yearOnYear { months thisYear lastYear }
  }
`);

export const CostMonthsParts = graphql(`
  fragment CostMonthsParts on CostOverview { month monthToDate months { month amount drafted } }
`);

export const CostMoversParts = graphql(`
  fragment CostMoversParts on CostMovers {
    change
    movers { key label before after change }
    restCount
    restChange
  }
`);

export const MonthToCloseParts = graphql(`
  fragment MonthToCloseParts on MonthToClose {
    cityId
    closedThrough
    next {
      month
      closingId
      state
      departments
      amount
      checks { item result count examples }
      unconfirmedCount
      unconfirmed { amount month department { id name } }
    }
  }
`);

export const StatementToConfirmParts = graphql(`
  fragment StatementToConfirmParts on StatementToConfirm { month amount dueAt department { id name } }
`);

export const OpenDisputeParts = graphql(`
  fragment OpenDisputeParts on LineDispute { id code month name resourceName amount raisedAt department { id name } }
`);

export const CenterDifferenceParts = graphql(`
  fragment CenterDifferenceParts on ReconciliationCenter {
    center { id name role }
    total { spend accounted unexplained }
  }
`);

export const BudgetUseParts = graphql(`
  fragment BudgetUseParts on BudgetUse {
    year
    warnPercent
    reachedCount
    figures { amount reserved spent available }
    cities { amount reserved spent available }
    mostUsed { id name overrun department { id name } figures { amount reserved spent available } }
  }
`);

export const DuePaymentsParts = graphql(`
  fragment DuePaymentsParts on DuePayments {
    until
    count
    overdueCount
    rest
    payments { position dueOn rest overdue contract { id number name } }
  }
`);

export const SystemsOfYearParts = graphql(`
  fragment SystemsOfYearParts on CostPivot { rows { key label total } rest { rows total } total }
`);

export const FinancePageQuery = graphql(
  `
    query FinancePage($year: Int!, $spends: Boolean!) {
      costOverview {
        month
        lastMonth
        beforeMonth
        ...CostHeadParts
        ...CostMonthsParts
        departments { ...CostMoversParts }
        systems { ...CostMoversParts }
      }
      monthToClose { ...MonthToCloseParts }
      lineDisputes(first: 5, state: OPEN) { totalCount nodes { id ...OpenDisputeParts } }
      budgetUse(year: $year) { ...BudgetUseParts }
      spendReconciliation(year: $year) @include(if: $spends) {
        centers { ...CenterDifferenceParts }
        total { spend accounted unexplained }
      }
      duePayments @include(if: $spends) { ...DuePaymentsParts }
    }
  `,
  [
    CostHeadParts,
    CostMonthsParts,
    CostMoversParts,
    MonthToCloseParts,
    OpenDisputeParts,
    CenterDifferenceParts,
    BudgetUseParts,
    DuePaymentsParts,
  ],
);

export const DepartmentCostPageQuery = graphql(
  `
    query DepartmentCostPage($departmentId: ID, $year: Int!, $from: String!, $to: String!) {
      costOverview(departmentId: $departmentId) {
        month
        lastMonth
        beforeMonth
        departmentName
        ...CostHeadParts
        ...CostMonthsParts
        departments { ...CostMoversParts }
        systems { ...CostMoversParts }
      }
      costPivot(rows: SYSTEM, from: $from, to: $to, departmentId: $departmentId) { ...SystemsOfYearParts }
      statementsToConfirm(departmentId: $departmentId) { ...StatementToConfirmParts }
      lineDisputes(first: 5, state: OPEN, departmentId: $departmentId) { totalCount nodes { id ...OpenDisputeParts } }
      budgetUse(year: $year, departmentId: $departmentId) { ...BudgetUseParts }
    }
  `,
  [
    CostHeadParts,
    CostMonthsParts,
    CostMoversParts,
    SystemsOfYearParts,
    StatementToConfirmParts,
    OpenDisputeParts,
    BudgetUseParts,
  ],
);
