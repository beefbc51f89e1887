import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const UnpaidParts = graphql(`
  fragment UnpaidParts on BudgetUnpaidSum { month why uses amount }
`);

export const BudgetYearParts = graphql(
  `
    fragment BudgetYearParts on BudgetYear {
      year
      mayOpen
      mayEnd
      firstUnspent
      opening { beganAt endedAt by runs uses amount unpaid { ...UnpaidParts } }
      end { beganAt endedAt by waitsFor { city month } }
      unpaid { ...UnpaidParts }
      carryRules { fundNature action fromYear reason }
    }
  `,
  [UnpaidParts],
);

export const BudgetYearQuery = graphql(
  `
    query BudgetYearPage($year: Int!) {
      budgetYear(year: $year) { ...BudgetYearParts }
      budgetTotals(filter: { year: $year }) { years overrunCount figures { amount reserved spent available } }
      budgetThresholds {
        inForce { from warnPercents blockPercent reason by }
        rules { from warnPercents blockPercent reason by }
      }
    }
  `,
  [BudgetYearParts],
);

export const YearPreviewQuery = graphql(
  `
    query BudgetYearPreview($year: Int!) {
      budgetYearPreview(year: $year) {
        from
        uses
        amount
        overrunCount
        itemCount
        items { uses amount overrun budget { id name figures { available } department { id name } } }
        unpaid { ...UnpaidParts }
      }
    }
  `,
  [UnpaidParts],
);

export const YearEndPreviewQuery = graphql(`
  query BudgetYearEndPreview($year: Int!) {
    budgetYearEndPreview(year: $year) { fundNature action budgets released left }
  }
`);

export const OpenYearMutation = graphql(
  `
    mutation OpenBudgetYear($input: BudgetYearInput!) {
      outcome: openBudgetYear(input: $input) {
        budgetYear { ...BudgetYearParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [BudgetYearParts, UserErrorFields],
);

export const EndYearMutation = graphql(
  `
    mutation EndBudgetYear($input: BudgetYearInput!) {
      outcome: endBudgetYear(input: $input) {
        budgetYear { ...BudgetYearParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [BudgetYearParts, UserErrorFields],
);

export const SetThresholdsMutation = graphql(
  `
    mutation SetBudgetThresholds($input: SetBudgetThresholdsInput!) {
      outcome: setBudgetThresholds(input: $input) {
        thresholds { inForce { from } }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const SetCarryRuleMutation = graphql(
  `
    mutation SetBudgetCarryRule($input: SetBudgetCarryRuleInput!) {
      outcome: setBudgetCarryRule(input: $input) {
        budgetYear { ...BudgetYearParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [BudgetYearParts, UserErrorFields],
);
