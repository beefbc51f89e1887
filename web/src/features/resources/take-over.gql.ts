import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';
import { ResourceParts } from './resources.gql';

export const TakeOverPreviewQuery = graphql(`
  query TakeOverPreview($id: ID!) {
    takeOverPreview(id: $id) {
      readAt
      namespace
      name
      vcpu
      memoryMib
      disks
      managers
      stops
      mayPropose
      shown {
        hash
        resourceVersion
        owned
        conflicts { manager field }
        differences { path before after }
      }
      newest {
        state
        version
        proposedBy
        proposedAt
        decidedBy
        decidedAt
        opinion
        mayDecide
        mayWithdraw
        shown {
          hash
          resourceVersion
          owned
          conflicts { manager field }
          differences { path before after }
        }
      }
    }
  }
`);

export const ProposeTakeOverMutation = graphql(
  `
    mutation ProposeTakeOver($input: ProposeTakeOverInput!) {
      outcome: proposeTakeOver(input: $input) {
        resource { id ...ResourceParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [ResourceParts, UserErrorFields],
);

export const ApproveTakeOverMutation = graphql(
  `
    mutation ApproveTakeOver($input: DecideTakeOverInput!) {
      outcome: approveTakeOver(input: $input) {
        resource { id ...ResourceParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [ResourceParts, UserErrorFields],
);

export const ReturnTakeOverMutation = graphql(
  `
    mutation ReturnTakeOver($input: DecideTakeOverInput!) {
      outcome: returnTakeOver(input: $input) {
        resource { id ...ResourceParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [ResourceParts, UserErrorFields],
);

export const WithdrawTakeOverMutation = graphql(
  `
    mutation WithdrawTakeOver($input: DecideTakeOverInput!) {
      outcome: withdrawTakeOver(input: $input) {
        resource { id ...ResourceParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [ResourceParts, UserErrorFields],
);
