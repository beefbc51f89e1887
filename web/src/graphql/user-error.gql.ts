import { graphql } from './tada';

export const UserErrorFields = graphql(`
  fragment UserErrorFields on UserError {
    __typename
    code
    message
    path
    ... on CapacityShortage { criterion meter short requested free }
    ... on SignInRefused { lockedUntil }
    ... on VersionConflict { expected current }
    ... on GateClosed { gate linkTo subjectType subjectId }
    ... on BudgetShortage { budgetId }
    ... on BudgetItemMissing { projectId }
    ... on ChangeOpen { requestId requestCode }
  }
`);
