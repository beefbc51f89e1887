import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const AddressReconciliationRow = graphql(`
  fragment AddressReconciliationRow on AddressReconciliation {
    network { id code name center { id name role } }
    claimed
    seen
    matched
    unclaimed
    resting
    otherHolder
    twice
    notSeen
  }
`);

export const AddressDifferenceRow = graphql(`
  fragment AddressDifferenceRow on AddressDifference {
    address
    match
    network { id code name }
    claim { id state purpose department { id name } holder { id kind code name } }
    resources { id code name department { id name } }
  }
`);

export const AddressDifferencesQuery = graphql(
  `
    query AddressDifferences($first: Int!, $after: String, $networkId: ID, $matches: [AddressMatch!], $search: String) {
      addressReconciliation { ...AddressReconciliationRow }
      addressDifferences(first: $first, after: $after, networkId: $networkId, matches: $matches, search: $search) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { ...AddressDifferenceRow }
      }
    }
  `,
  [AddressReconciliationRow, AddressDifferenceRow],
);

export const PrepareAddressIntakeMutation = graphql(
  `
    mutation PrepareAddressIntake($input: PrepareAddressIntakeInput!) {
      outcome: prepareAddressIntake(input: $input) {
        batch { id code }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);
