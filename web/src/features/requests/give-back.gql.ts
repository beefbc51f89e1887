import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';
import { RequestLines } from './request-lines.gql';
import { RequestHead, RequestTimeline } from './requests.gql';

export const GiveBackRequestLineMutation = graphql(
  `
    mutation GiveBackRequestLine($input: GiveBackRequestLineInput!) {
      outcome: giveBackRequestLine(input: $input) {
        request { id ...RequestHead ...RequestLines ...RequestTimeline }
        errors { ...UserErrorFields }
      }
    }
  `,
  [RequestHead, RequestLines, RequestTimeline, UserErrorFields],
);
