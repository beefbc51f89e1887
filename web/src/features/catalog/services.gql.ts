import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const DefinitionParts = graphql(`
  fragment DefinitionParts on ServiceDefinition {
    id
    number
    nameZh
    nameEn
    summaryZh
    summaryEn
    unitZh
    unitEn
    quantityMaximum
    quotaMeter
    priceMeter
    fulfilment
    fields {
      key
      labelZh
      labelEn
      type
      required
      minimum
      maximum
      lengthMaximum
      choices { value labelZh labelEn }
    }
  }
`);

export const ReviseServicePageQuery = graphql(
  `
    query ReviseServicePage($id: ID!) {
      node(id: $id) {
        id
        ... on ServiceOffer {
          code
          name
          version
          definition { id ...DefinitionParts }
        }
      }
    }
  `,
  [DefinitionParts],
);

/** Price items that a service may be priced by, with what they cost today. */
export const PriceMetersQuery = graphql(`
  query PriceMeters($search: String) {
    priceItems(first: 50, search: $search) {
      nodes { id meter name unit versions { id state unitPrice architecture center { id } } }
    }
  }
`);

export const AddServiceMutation = graphql(
  `
    mutation AddService($input: AddServiceInput!) {
      outcome: addService(input: $input) {
        entry { id code name status version }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const ReviseServiceMutation = graphql(
  `
    mutation ReviseService($input: ReviseServiceInput!) {
      outcome: reviseService(input: $input) {
        entry { id code name status version ... on ServiceOffer { definition { id number } } }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);
