import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

/** The password is in this answer and in no other; the page shows it and keeps it nowhere. */
export const RevealFirstLoginMutation = graphql(
  `
    mutation RevealFirstLogin($input: RevealFirstLoginInput!) {
      outcome: revealFirstLogin(input: $input) {
        login { username password }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);
