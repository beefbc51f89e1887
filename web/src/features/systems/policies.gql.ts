import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const PolicyParts = graphql(`
  fragment PolicyParts on NetworkPolicy {
    id
    code
    state
    version
    direction
    protocol
    peer
    ports
    until
    reason
    exposed
    applicantName
    decidedBy
    opinion
    availableActions
    sites { mode phase drift message observedAt center { id name role } }
  }
`);

export const SystemPoliciesQuery = graphql(
  `
    query SystemPolicies($systemId: ID!) {
      networkPolicies(first: 50, filter: { systemId: $systemId }) {
        totalCount
        nodes { id ...PolicyParts }
      }
    }
  `,
  [PolicyParts],
);

export const ApplyPolicyMutation = graphql(
  `
    mutation ApplyPolicy($input: ApplyNetworkPolicyInput!) {
      outcome: applyNetworkPolicy(input: $input) {
        networkPolicy { id ...PolicyParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [PolicyParts, UserErrorFields],
);

export const AllowPolicyMutation = graphql(
  `
    mutation AllowPolicy($input: NetworkPolicyActInput!) {
      outcome: allowNetworkPolicy(input: $input) {
        networkPolicy { id ...PolicyParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [PolicyParts, UserErrorFields],
);

export const RejectPolicyMutation = graphql(
  `
    mutation RejectPolicy($input: NetworkPolicyActInput!) {
      outcome: rejectNetworkPolicy(input: $input) {
        networkPolicy { id ...PolicyParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [PolicyParts, UserErrorFields],
);

export const EndPolicyMutation = graphql(
  `
    mutation EndPolicy($input: NetworkPolicyActInput!) {
      outcome: endNetworkPolicy(input: $input) {
        networkPolicy { id ...PolicyParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [PolicyParts, UserErrorFields],
);
