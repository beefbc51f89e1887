import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';
import { RequestHead, RequestTimeline } from './requests.gql';

export const GiveBackRequestLineMutation = graphql(
  `
    mutation GiveBackRequestLine($input: GiveBackRequestLineInput!) {
      outcome: giveBackRequestLine(input: $input) {
        request { id ...RequestHead ...RequestTimeline }
        errors { ...UserErrorFields }
      }
    }
  `,
  [RequestHead, RequestTimeline, UserErrorFields],
);
