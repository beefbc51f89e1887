import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const FigureParts = graphql(`
  fragment FigureParts on AddressFigures {
    family
    usable
    held
    allocated
    quarantine
    free
  }
`);

export const NetworkListRow = graphql(
  `
    fragment NetworkListRow on Network {
      id
      code
      name
      zone
      vlanId
      ipv4Prefix
      ipv6Prefix
      ipv4Gateway
      ipv6Gateway
      singleStackReason
      center { id name role }
      figures { ...FigureParts }
    }
  `,
  [FigureParts],
);

export const NetworkListQuery = graphql(
  `
    query NetworkList($first: Int!, $after: String, $filter: NetworkFilter) {
      networks(first: $first, after: $after, filter: $filter) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...NetworkListRow }
      }
      centers { id code name role }
    }
  `,
  [NetworkListRow],
);

export const AddressRow = graphql(`
  fragment AddressRow on AddressClaim {
    id
    address
    family
    state
    version
    subjectType
    purpose
    actorName
    claimedAt
    origin
    usedSince
    sourcePlatform
    releasedAt
    quarantineUntil
    availableActions
    department { id name }
    holder { id kind code name }
  }
`);

/** A network with a page of what is not free in it. */
export const NetworkPageQuery = graphql(
  `
    query NetworkPage(
      $id: ID!
      $first: Int!
      $after: String
      $states: [AddressState!]
      $family: IpFamily
      $search: String
    ) {
      network(id: $id) {
        id
        code
        name
        zone
        vlanId
        ipv4Prefix
        ipv6Prefix
        ipv4Gateway
        ipv6Gateway
        reserved { first last note }
        singleStackReason
        center { id name role }
        figures { ...FigureParts }
        addressClaims(first: $first, after: $after, states: $states, family: $family, search: $search) {
          totalCount
          pageInfo { hasNextPage endCursor }
          nodes { id ...AddressRow }
        }
      }
    }
  `,
  [FigureParts, AddressRow],
);

/** Asked once the map is opened. */
export const AddressMapQuery = graphql(`
  query AddressMap($id: ID!, $block: Int!) {
    network(id: $id) {
      id
      addressMap(block: $block) { block blocks first uses }
    }
  }
`);

export const NewNetworkPageQuery = graphql(`
  query NewNetworkPage {
    centers { id code name role }
  }
`);

export const EditNetworkPageQuery = graphql(`
  query EditNetworkPage($id: ID!) {
    network(id: $id) {
      id
      code
      name
      zone
      vlanId
      ipv4Prefix
      ipv6Prefix
      ipv4Gateway
      ipv6Gateway
      reserved { first last note }
      singleStackReason
      version
      center { id name role }
    }
  }
`);

/** What an address can be claimed for; only the kind that is being chosen is asked for. */
export const HolderChoicesQuery = graphql(`
  query HolderChoices($search: String, $systems: Boolean!, $servers: Boolean!, $resources: Boolean!) {
    systems(first: 20, search: $search) @include(if: $systems) {
      totalCount
      nodes { id code name department { id name } }
    }
    servers(first: 20, filter: { search: $search, states: [PLANNED, ONBOARDING, FREE, HELD, IN_USE, CLEANING, MAINTENANCE] })
      @include(if: $servers) {
      totalCount
      nodes { id assetNumber serial department { id name } }
    }
    resources(first: 20, filter: { search: $search, states: [PROVISIONING, IN_USE] }) @include(if: $resources) {
      totalCount
      nodes { id code name department { id name } }
    }
  }
`);

export const CreateNetworkMutation = graphql(
  `
    mutation CreateNetwork($input: CreateNetworkInput!) {
      outcome: createNetwork(input: $input) {
        network { id }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const EditNetworkMutation = graphql(
  `
    mutation EditNetwork($input: EditNetworkInput!) {
      outcome: editNetwork(input: $input) {
        network { id version }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const ClaimAddressMutation = graphql(
  `
    mutation ClaimAddress($input: ClaimAddressInput!) {
      outcome: claimAddress(input: $input) {
        network { id }
        claims { id address family }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const ReleaseAddressMutation = graphql(
  `
    mutation ReleaseAddress($input: ReleaseAddressInput!) {
      outcome: releaseAddress(input: $input) {
        network { id }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);
