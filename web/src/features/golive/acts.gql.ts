import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';
import { GoLiveParts, GoLivePolicyParts } from './golive.gql';

export const RecordTrialMutation = graphql(
  `
    mutation RecordTrial($input: RecordTrialInput!) {
      outcome: recordTrial(input: $input) { case { id ...GoLiveParts } errors { ...UserErrorFields } }
    }
  `,
  [GoLiveParts, UserErrorFields],
);

export const ResolveTrialIncidentMutation = graphql(
  `
    mutation ResolveTrialIncident($input: ResolveTrialIncidentInput!) {
      outcome: resolveTrialIncident(input: $input) { case { id ...GoLiveParts } errors { ...UserErrorFields } }
    }
  `,
  [GoLiveParts, UserErrorFields],
);

export const AddGoLiveDocumentMutation = graphql(
  `
    mutation AddGoLiveDocument($input: AddGoLiveDocumentInput!) {
      outcome: addGoLiveDocument(input: $input) { case { id ...GoLiveParts } errors { ...UserErrorFields } }
    }
  `,
  [GoLiveParts, UserErrorFields],
);

export const RemoveGoLiveDocumentMutation = graphql(
  `
    mutation RemoveGoLiveDocument($input: RemoveGoLiveDocumentInput!) {
      outcome: removeGoLiveDocument(input: $input) { case { id ...GoLiveParts } errors { ...UserErrorFields } }
    }
  `,
  [GoLiveParts, UserErrorFields],
);

export const PresentGoLiveMutation = graphql(
  `
    mutation PresentGoLive($input: GoLiveActInput!) {
      outcome: presentGoLive(input: $input) { case { id ...GoLiveParts } errors { ...UserErrorFields } }
    }
  `,
  [GoLiveParts, UserErrorFields],
);

export const StopGoLiveMutation = graphql(
  `
    mutation StopGoLive($input: StopGoLiveInput!) {
      outcome: stopGoLive(input: $input) { case { id ...GoLiveParts } errors { ...UserErrorFields } }
    }
  `,
  [GoLiveParts, UserErrorFields],
);

export const OpenGoLiveFactsMutation = graphql(
  `
    mutation OpenGoLiveFacts($input: OpenGoLiveFactsInput!) {
      outcome: openGoLiveFacts(input: $input) { case { id ...GoLiveParts } errors { ...UserErrorFields } }
    }
  `,
  [GoLiveParts, UserErrorFields],
);

export const SignGoLiveMutation = graphql(
  `
    mutation SignGoLive($input: SignGoLiveInput!) {
      outcome: signGoLive(input: $input) { case { id state ...GoLiveParts } errors { ...UserErrorFields } }
    }
  `,
  [GoLiveParts, UserErrorFields],
);

export const PublishGoLivePolicyMutation = graphql(
  `
    mutation PublishGoLivePolicy($input: PublishGoLivePolicyInput!) {
      outcome: publishGoLivePolicy(input: $input) { policy { ...GoLivePolicyParts } errors { ...UserErrorFields } }
    }
  `,
  [GoLivePolicyParts, UserErrorFields],
);
