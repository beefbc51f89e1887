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

export const PasswordPageQuery = graphql(`
  query PasswordPage {
    viewer { id username mustChangePassword }
  }
`);

export const ChangePasswordMutation = graphql(
  `
    mutation ChangePassword($input: ChangePasswordInput!) {
      changePassword(input: $input) {
        changed
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

/** As in the shell, which whoever must change the password first does not reach. */
export const SignOutHereMutation = graphql(`
  mutation SignOutHere {
    signOut { signedOut }
  }
`);
