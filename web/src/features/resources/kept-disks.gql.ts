import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const KeptDiskRow = graphql(`
  fragment KeptDiskRow on KeptDisk {
    id
    version
    diskGib
    storageTier
    state
    keptAt
    until
    trouble
    endCause
    endedAt
    monthlyCost
    mayDecide
    resource { id name code department { id name } system { id name } center { id name role } }
    attachedTo { id name }
  }
`);

export const KeptDiskListQuery = graphql(
  `
    query KeptDiskList($first: Int!, $after: String, $states: [KeptDiskState!], $search: String) {
      keptDisks(first: $first, after: $after, states: $states, search: $search) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...KeptDiskRow }
      }
    }
  `,
  [KeptDiskRow],
);

/** Which machines could have it, asked when somebody wants to give it to one. */
export const KeptDiskTargetsQuery = graphql(`
  query KeptDiskTargets($id: ID!) {
    node(id: $id) {
      id
      ... on KeptDisk { targets { disabledReason resource { id name code power } } }
    }
    lifePolicies { name value }
  }
`);

export const AttachKeptDiskMutation = graphql(
  `
    mutation AttachKeptDisk($input: AttachKeptDiskInput!) {
      outcome: attachKeptDisk(input: $input) {
        disk { id ...KeptDiskRow }
        errors { ...UserErrorFields }
      }
    }
  `,
  [KeptDiskRow, UserErrorFields],
);

export const DetachKeptDiskMutation = graphql(
  `
    mutation DetachKeptDisk($input: DetachKeptDiskInput!) {
      outcome: detachKeptDisk(input: $input) {
        disk { id ...KeptDiskRow }
        errors { ...UserErrorFields }
      }
    }
  `,
  [KeptDiskRow, UserErrorFields],
);

export const GiveUpKeptDiskMutation = graphql(
  `
    mutation GiveUpKeptDisk($input: GiveUpKeptDiskInput!) {
      outcome: giveUpKeptDisk(input: $input) {
        disk { id ...KeptDiskRow }
        errors { ...UserErrorFields }
      }
    }
  `,
  [KeptDiskRow, UserErrorFields],
);
