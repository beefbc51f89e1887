import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';
import { CandidateParts } from './candidates.gql';
import { RequestActions, RequestChain, RequestHead, RequestTimeline } from './requests.gql';

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
