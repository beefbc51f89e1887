import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const EnterSupplementMutation = graphql(
  `
    mutation EnterSupplement($input: EnterContractSupplementInput!) {
      outcome: enterContractSupplement(input: $input) { supplement { id } errors { ...UserErrorFields } }
    }
  `,
  [UserErrorFields],
);

export const ConfirmSupplementMutation = graphql(
  `
    mutation ConfirmSupplement($input: SpendActInput!) {
      outcome: confirmContractSupplement(input: $input) { supplement { id } errors { ...UserErrorFields } }
    }
  `,
  [UserErrorFields],
);

export const WithdrawSupplementMutation = graphql(
  `
    mutation WithdrawSupplement($input: SpendActInput!) {
      outcome: withdrawContractSupplement(input: $input) { supplement { id } errors { ...UserErrorFields } }
    }
  `,
  [UserErrorFields],
);

export const DisposeAssetMutation = graphql(
  `
    mutation DisposeAsset($input: DisposeOwnedAssetInput!) {
      outcome: disposeOwnedAsset(input: $input) { disposal { id } errors { ...UserErrorFields } }
    }
  `,
  [UserErrorFields],
);

export const ReverseDisposalMutation = graphql(
  `
    mutation ReverseDisposal($input: ReverseAssetDisposalInput!) {
      outcome: reverseAssetDisposal(input: $input) { disposal { id } errors { ...UserErrorFields } }
    }
  `,
  [UserErrorFields],
);

export const ConfirmDisposalMutation = graphql(
  `
    mutation ConfirmDisposal($input: SpendActInput!) {
      outcome: confirmAssetDisposal(input: $input) { disposal { id } errors { ...UserErrorFields } }
    }
  `,
  [UserErrorFields],
);

export const WithdrawDisposalMutation = graphql(
  `
    mutation WithdrawDisposal($input: SpendActInput!) {
      outcome: withdrawAssetDisposal(input: $input) { disposal { id } errors { ...UserErrorFields } }
    }
  `,
  [UserErrorFields],
);
