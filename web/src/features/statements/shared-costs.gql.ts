import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const SharedPoolRow = graphql(`
  fragment SharedPoolRow on SharedPool {
    id
    code
    name
    kind
    version
    center { id name }
    versions {
      id
      fromMonth
      method
      monthlyAmount
      pricePerKwh
      basis
      meter
      meterName
      reason
      enteredBy
    }
  }
`);

export const SharedSpreadParts = graphql(`
  fragment SharedSpreadParts on SharedSpread {
    pool { id }
    amount
    carried
    spread
    unallocated
    bearers
    settled
  }
`);

export const SharedCostsQuery = graphql(
  `
    query SharedCosts($first: Int!, $after: String, $search: String, $month: String!) {
      sharedPools(first: $first, after: $after, search: $search) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...SharedPoolRow }
      }
      sharedSpreads(month: $month) { ...SharedSpreadParts }
      statementMonths
      centers { id name }
      catalog { unitPrices { meter name } }
    }
  `,
  [SharedPoolRow, SharedSpreadParts],
);

export const CreateSharedPoolMutation = graphql(
  `
    mutation CreateSharedPool($input: CreateSharedPoolInput!) {
      outcome: createSharedPool(input: $input) {
        sharedPool { id ...SharedPoolRow }
        errors { ...UserErrorFields }
      }
    }
  `,
  [SharedPoolRow, UserErrorFields],
);

export const AddSharedPoolVersionMutation = graphql(
  `
    mutation AddSharedPoolVersion($input: AddSharedPoolVersionInput!) {
      outcome: addSharedPoolVersion(input: $input) {
        sharedPool { id ...SharedPoolRow }
        errors { ...UserErrorFields }
      }
    }
  `,
  [SharedPoolRow, UserErrorFields],
);

export const WithdrawSharedPoolVersionMutation = graphql(
  `
    mutation WithdrawSharedPoolVersion($input: WithdrawSharedPoolVersionInput!) {
      outcome: withdrawSharedPoolVersion(input: $input) {
        sharedPool { id ...SharedPoolRow }
        errors { ...UserErrorFields }
      }
    }
  `,
  [SharedPoolRow, UserErrorFields],
);
