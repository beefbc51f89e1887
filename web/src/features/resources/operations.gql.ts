import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';
import { ResourceParts } from './resources.gql';

export const OperateResourceMutation = graphql(
  `
    mutation OperateResource($input: OperateResourceInput!) {
      outcome: operateResource(input: $input) {
        resource { id ...ResourceParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [ResourceParts, UserErrorFields],
);

export const OperateResourcesMutation = graphql(
  `
    mutation OperateResources($input: OperateResourcesInput!) {
      outcome: operateResources(input: $input) {
        results { resourceId errors { ...UserErrorFields } }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const ShowConsoleMutation = graphql(
  `
    mutation ShowConsole($input: ShowConsoleInput!) {
      outcome: showConsole(input: $input) {
        access { vncCommand serialCommand vncPath serialPath }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const TakeSnapshotMutation = graphql(
  `
    mutation TakeSnapshot($input: TakeSnapshotInput!) {
      outcome: takeSnapshot(input: $input) {
        resource { id ...ResourceParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [ResourceParts, UserErrorFields],
);

export const RestoreSnapshotMutation = graphql(
  `
    mutation RestoreSnapshot($input: RestoreSnapshotInput!) {
      outcome: restoreSnapshot(input: $input) {
        resource { id ...ResourceParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [ResourceParts, UserErrorFields],
);

export const GiveUpRestoreMutation = graphql(
  `
    mutation GiveUpRestore($input: GiveUpRestoreInput!) {
      outcome: giveUpRestore(input: $input) {
        resource { id ...ResourceParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [ResourceParts, UserErrorFields],
);

export const DeleteSnapshotMutation = graphql(
  `
    mutation DeleteSnapshot($input: DeleteSnapshotInput!) {
      outcome: deleteSnapshot(input: $input) {
        resource { id ...ResourceParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [ResourceParts, UserErrorFields],
);
