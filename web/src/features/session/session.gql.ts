import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const DemonstrationAccounts = graphql(`
  fragment DemonstrationAccounts on ConsoleInfo {
    demonstrationAccounts { username password displayName role departmentName }
  }
`);

export const SignInPageQuery = graphql(
  `
    query SignInPage {
      console { mode province version ...DemonstrationAccounts }
    }
  `,
  [DemonstrationAccounts],
);

export const SignInMutation = graphql(
  `
    mutation SignIn($input: SignInInput!) {
      signIn(input: $input) {
        viewer { id }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);
