import { graphql } from '../../graphql/tada';

export const TopBarViewer = graphql(`
  fragment TopBarViewer on Viewer {
    id
    username
    displayName
    roles
    lastSignInAt
    lastSignInAddress
    department { id name }
  }
`);

export const ShellQuery = graphql(
  `
    query Shell {
      console { mode province version }
      viewer {
        id
        displayName
        mustChangePassword
        seesCapacityFigures
        department { id name }
        permissions { object action scope }
        ...TopBarViewer
      }
    }
  `,
  [TopBarViewer],
);

/** Asked again and again: whether acts are taken is not of any page. */
export const DatabaseModeQuery = graphql(`
  query DatabaseMode {
    console { database { mode reason since } }
  }
`);

/** Asked apart from the page, so that a page never waits for the bell. */
export const BellQuery = graphql(`
  query Bell($work: Boolean!) {
    home @include(if: $work) { awaitingMe }
    inbox { unreadCount }
  }
`);

export const InboxSubscription = graphql(`
  subscription Inbox {
    inboxChanged {
      inbox { unreadCount }
    }
  }
`);

export const SignOutMutation = graphql(`
  mutation SignOut {
    signOut { signedOut }
  }
`);
