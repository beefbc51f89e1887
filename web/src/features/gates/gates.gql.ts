import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const GateEditionParts = graphql(
  `
    fragment GateEditionParts on GateEdition {
      id
      number
      inForce
      note
      effectiveFrom
      version
      changedAt
      changedBy
      publishedAt
      publishedBy
      problems { ...UserErrorFields }
      products { key part name statedAs offeredAs architectures domestic }
      rules {
        key
        check
        severity
        title { zh en }
        text { zh en }
        linkTo
        parameter
        condition {
          kinds
          zones
          protectionLevels
          localModes
          remoteModes
          departmentLevels
          departmentIds
        }
      }
    }
  `,
  [UserErrorFields],
);

export const GatesPageQuery = graphql(
  `
    query GatesPage {
      gateEditions { id ...GateEditionParts }
      gateChecks { check unit min max }
    }
  `,
  [GateEditionParts],
);

export const BeginGateDraftMutation = graphql(
  `
    mutation BeginGateDraft($input: BeginGateDraftInput!) {
      outcome: beginGateDraft(input: $input) {
        edition { id ...GateEditionParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [GateEditionParts, UserErrorFields],
);

export const SaveGateDraftMutation = graphql(
  `
    mutation SaveGateDraft($input: SaveGateDraftInput!) {
      outcome: saveGateDraft(input: $input) {
        edition { id ...GateEditionParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [GateEditionParts, UserErrorFields],
);

export const DiscardGateDraftMutation = graphql(
  `
    mutation DiscardGateDraft($input: GateEditionActInput!) {
      outcome: discardGateDraft(input: $input) {
        edition { id }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const PublishGateEditionMutation = graphql(
  `
    mutation PublishGateEdition($input: GateEditionActInput!) {
      outcome: publishGateEdition(input: $input) {
        edition { id ...GateEditionParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [GateEditionParts, UserErrorFields],
);
