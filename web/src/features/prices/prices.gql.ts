import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const PriceItemRow = graphql(`
  fragment PriceItemRow on PriceItem {
    id
    meter
    name
    unit
    version
    versions {
      id
      from
      to
      kind
      unitPrice
      tiers { number from to unitPrice }
      listPrice
      state
      architecture
      synthetic
      reason
      center { id name role }
    }
    gaps { from to architecture center { id name } }
  }
`);

export const PriceListQuery = graphql(
  `
    query PriceList($first: Int!, $after: String, $search: String) {
      priceItems(first: $first, after: $after, search: $search) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...PriceItemRow }
      }
      centers { id name role }
    }
  `,
  [PriceItemRow],
);

export const CreatePriceItemMutation = graphql(
  `
    mutation CreatePriceItem($input: CreatePriceItemInput!) {
      outcome: createPriceItem(input: $input) {
        priceItem { id ...PriceItemRow }
        errors { ...UserErrorFields }
      }
    }
  `,
  [PriceItemRow, UserErrorFields],
);

export const AddPriceVersionMutation = graphql(
  `
    mutation AddPriceVersion($input: AddPriceVersionInput!) {
      outcome: addPriceVersion(input: $input) {
        priceItem { id ...PriceItemRow }
        errors { ...UserErrorFields }
      }
    }
  `,
  [PriceItemRow, UserErrorFields],
);

export const EndPriceVersionMutation = graphql(
  `
    mutation EndPriceVersion($input: EndPriceVersionInput!) {
      outcome: endPriceVersion(input: $input) {
        priceItem { id ...PriceItemRow }
        errors { ...UserErrorFields }
      }
    }
  `,
  [PriceItemRow, UserErrorFields],
);

export const WithdrawPriceVersionMutation = graphql(
  `
    mutation WithdrawPriceVersion($input: WithdrawPriceVersionInput!) {
      outcome: withdrawPriceVersion(input: $input) {
        priceItem { id ...PriceItemRow }
        errors { ...UserErrorFields }
      }
    }
  `,
  [PriceItemRow, UserErrorFields],
);
