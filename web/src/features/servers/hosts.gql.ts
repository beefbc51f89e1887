import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

/** Its BareMetalHost, what can be done to it, and the way into what it has installed. */
export const ServerHostParts = graphql(`
  fragment ServerHostParts on Server {
    id
    assetNumber
    version
    host {
      management
      phase
      statusText
      progressPercent
      poweredOn
      tries
      imageName
      observedAt
      wipe { method startedAt endedAt }
      stages { stage state at }
    }
    hostActions { action disabledReason needsReason needsName }
    installableImages { id name }
    firstLogin { state username expiresAt revealedAt revealedBy mayReveal }
  }
`);

export const HostMismatchRow = graphql(`
  fragment HostMismatchRow on HostMismatch {
    id
    version
    side
    problem
    host
    serial
    hardware
    bmcAddress
    message
    firstSeenAt
    state
    decidedBy
    decidedAt
    reason
    endedAt
    availableActions
    center { id name role }
    server { id assetNumber state model { id manufacturer model } }
  }
`);

export const HostMismatchListQuery = graphql(
  `
    query HostMismatchList($first: Int!, $after: String, $filter: HostMismatchFilter) {
      hostMismatches(first: $first, after: $after, filter: $filter) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...HostMismatchRow }
      }
      centers { id code name role }
    }
  `,
  [HostMismatchRow],
);

export const DecideHostMismatchesMutation = graphql(
  `
    mutation DecideHostMismatches($input: DecideHostMismatchesInput!) {
      outcome: decideHostMismatches(input: $input) {
        mismatches { id ...HostMismatchRow }
        errors { ...UserErrorFields }
      }
    }
  `,
  [HostMismatchRow, UserErrorFields],
);

export const MatchHostMutation = graphql(
  `
    mutation MatchHost($input: MatchHostInput!) {
      outcome: matchHost(input: $input) {
        mismatches { id ...HostMismatchRow }
        errors { ...UserErrorFields }
      }
    }
  `,
  [HostMismatchRow, UserErrorFields],
);

/** Assets of the host's center that it could be. */
export const HostAssetsQuery = graphql(`
  query HostAssets($filter: ServerFilter) {
    servers(first: 20, filter: $filter, orderBy: ASSET_NUMBER) {
      totalCount
      nodes { id assetNumber serial clusterHost model { id manufacturer model } }
    }
  }
`);

export const ServerTaskRow = graphql(`
  fragment ServerTaskRow on ServerTask {
    id
    kind
    state
    progressPercent
    text
    tries
    begunAt
    changedAt
    endedAt
    server { id assetNumber department { id name } }
    center { id name role }
  }
`);

export const ServerTaskListQuery = graphql(
  `
    query ServerTaskList($first: Int!, $after: String, $centerId: ID, $states: [ServerTaskState!], $search: String) {
      serverTasks(first: $first, after: $after, centerId: $centerId, states: $states, search: $search) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...ServerTaskRow }
      }
      centers { id code name role }
    }
  `,
  [ServerTaskRow],
);

export const TasksOfServerQuery = graphql(
  `
    query TasksOfServer($serverId: ID!) {
      serverTasks(first: 5, serverId: $serverId) {
        totalCount
        nodes { id ...ServerTaskRow }
      }
    }
  `,
  [ServerTaskRow],
);

export const ServerObjectsQuery = graphql(`
  query ServerObjects($id: ID!) {
    serverObjects(id: $id) {
      read
      readAt
      objects {
        kind
        namespace
        name
        live
        wanted
        managers
        differences { path wanted found manager }
      }
    }
  }
`);
