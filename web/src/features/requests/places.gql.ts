import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';
import { RequestActions, RequestChain, RequestHead, RequestTimeline } from './requests.gql';

export const CandidateParts = graphql(`
  fragment CandidateParts on PlacementCandidate {
    fits
    taken
    score
    balance
    fragmentation
    locality
    headroom
    refusedBy
    pool { id code center { id name role } }
  }
`);

export const PlacementChoicesQuery = graphql(
  `
    query PlacementChoices($requestId: ID!) {
      placementChoices(requestId: $requestId) {
        share
        count
        line { id index name }
        candidates { ...CandidateParts }
      }
    }
  `,
  [CandidateParts],
);

export const ChoosePlacesMutation = graphql(
  `
    mutation ChoosePlaces($input: ChoosePlacesInput!) {
      outcome: choosePlaces(input: $input) {
        request {
          id
          version
          lines { id shares { share centerId: center { id } pools { count pool { id } } } }
          ...RequestHead
          ...RequestChain
          ...RequestTimeline
          ...RequestActions
        }
        errors { ...UserErrorFields }
      }
    }
  `,
  [RequestHead, RequestChain, RequestTimeline, RequestActions, UserErrorFields],
);
