import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const DrDebtRow = graphql(`
  fragment DrDebtRow on DrDebt {
    id
    version
    state
    due
    dueOn
    requestCode
    lineName
    kind
    share
    standing
    role
    count
    machines
    vcpu
    memoryMib
    storageGib
    storageTier
    accelerator
    accelerators
    servers
    rackUnits
    powerW
    sizeNow { machines vcpu memoryMib storageGib accelerator accelerators }
    monthlyCost
    since
    settledAt
    closedAt
    closedBy
    reason
    center { id name role }
    department { id name }
    system { id name }
    request { id }
    availableActions { action disabledReason }
  }
`);

export const DrDebtTotals = graphql(`
  fragment DrDebtTotals on DrDebtTotal {
    role
    center { id name role life opensOn }
    debts
    machines
    vcpu
    memoryMib
    storageGib
    accelerators { name count }
    servers
    rackUnits
    powerW
    monthlyCost
    withoutPrice
  }
`);

export const DrDebtPolicyFacts = graphql(`
  fragment DrDebtPolicyFacts on DrDebtPolicy {
    number
    reason
    changedAt
    changedBy
    rules { departments { id name } departmentCount protectionLevels modes accepted }
  }
`);

export const DrDebtListQuery = graphql(
  `
    query DrDebtList($first: Int!, $after: String, $filter: DrDebtFilter) {
      drDebts(first: $first, after: $after, filter: $filter) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...DrDebtRow }
      }
      drDebtTotals(filter: $filter) { ...DrDebtTotals }
      drDebtPolicies { ...DrDebtPolicyFacts }
    }
  `,
  [DrDebtRow, DrDebtTotals, DrDebtPolicyFacts],
);

export const SettleDrDebtsMutation = graphql(
  `
    mutation SettleDrDebts($input: SettleDrDebtsInput!) {
      outcome: settleDrDebts(input: $input) {
        results { debtId debt { id ...DrDebtRow } errors { ...UserErrorFields } }
        errors { ...UserErrorFields }
      }
    }
  `,
  [DrDebtRow, UserErrorFields],
);

export const WaiveDrDebtMutation = graphql(
  `
    mutation WaiveDrDebt($input: WaiveDrDebtInput!) {
      outcome: waiveDrDebt(input: $input) { debt { id ...DrDebtRow } errors { ...UserErrorFields } }
    }
  `,
  [DrDebtRow, UserErrorFields],
);

export const ChangeDrDebtPolicyMutation = graphql(
  `
    mutation ChangeDrDebtPolicy($input: ChangeDrDebtPolicyInput!) {
      outcome: changeDrDebtPolicy(input: $input) {
        policy { ...DrDebtPolicyFacts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [DrDebtPolicyFacts, UserErrorFields],
);
