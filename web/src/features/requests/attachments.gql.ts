import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const RequestAttachments = graphql(`
  fragment RequestAttachments on Request {
    id
    code
    version
    state
    availableActions { action disabledReason }
    attachments { kind attachedAt attachedBy file { id name sizeBytes sm3 url } }
  }
`);

export const AttachToRequestMutation = graphql(
  `
    mutation AttachToRequest($input: AttachToRequestInput!) {
      outcome: attachToRequest(input: $input) { request { id ...RequestAttachments } errors { ...UserErrorFields } }
    }
  `,
  [RequestAttachments, UserErrorFields],
);

export const DetachFromRequestMutation = graphql(
  `
    mutation DetachFromRequest($input: DetachFromRequestInput!) {
      outcome: detachFromRequest(input: $input) { request { id ...RequestAttachments } errors { ...UserErrorFields } }
    }
  `,
  [RequestAttachments, UserErrorFields],
);
