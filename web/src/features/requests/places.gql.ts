import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';
import { CandidateParts } from '../../ui/placement/candidates.gql';
import { RequestActions, RequestChain, RequestHead, RequestTimeline } from './requests.gql';

/** Every share that is held, up to two of 1,000 lines: without the pools that each could be in. */
export const PlacementChoicesQuery = graphql(`
  query PlacementChoices($requestId: ID!) {
    placementChoices(requestId: $requestId) {
      share
      count
      line { id index name }
    }
  }
`);

export const PlacementCandidatesQuery = graphql(
  `
    query PlacementCandidates($requestId: ID!, $lineId: ID!, $share: ShareName!) {
      placementChoices(requestId: $requestId, lineId: $lineId, share: $share) {
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
