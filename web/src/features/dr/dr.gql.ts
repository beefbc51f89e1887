import { graphql, type ResultOf } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';
import { ThreeCentersCenter } from '../../ui/three-centers/three-centers.gql';

export const DrGroupRow = graphql(`
  fragment DrGroupRow on DrGroup {
    id
    name
    grade
    gradeSince
    judgedAt
    localMode
    remoteMode
    localReached
    remoteReached
    targetLevel
    level { level }
    rpoSeconds
    rtoSeconds
    reasons { code grade text tierName }
    department { id name }
  }
`);

export const DrGroupListQuery = graphql(
  `
    query DrGroupList($first: Int!, $after: String, $filter: DrGroupFilter) {
      drGroups(first: $first, after: $after, filter: $filter) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...DrGroupRow }
      }
      drGradeCounts(filter: $filter) { grade groups }
    }
  `,
  [DrGroupRow],
);

export const DrGroupFacts = graphql(`
  fragment DrGroupFacts on DrGroup {
    id
    name
    version
    grade
    gradeSince
    judgedAt
    mayEdit
    localMode
    remoteMode
    localReached
    remoteReached
    targetLevel
    rtoSeconds
    rpoSeconds
    dooSeconds
    nroSeconds
    department { id name }
    system { id name }
    level { standard level name shortest elements { element level } }
    reasons { code grade signal text tierName resourceIds }
    tiers {
      id
      name
      origin
      layer
      dataKind
      source
      party
      partyName
      localMode
      remoteMode
      version
      centers { role running standby coming }
      dataSets { name places { role center { id name role } } }
    }
    probes {
      id
      tierId
      tierName
      name
      kind
      towards
      family
      engine
      target
      server
      expect
      statePointer
      lagPointer
      account
      database
      everySeconds
      timeoutMs
      enabled
      lastAt
      lastOk
      lastDetail
      version
    }
    signals { signalId name subject towards source value level levelSince observedAt maxAgeSeconds }
  }
`);

export const DrGroupQuery = graphql(
  `
    query DrGroupDetail($id: ID!) {
      drGroup(id: $id) { id ...DrGroupFacts }
    }
  `,
  [DrGroupFacts],
);

export const DrLinkFacts = graphql(`
  fragment DrLinkFacts on DrLink {
    id
    mode
    promisedMode
    version
    modeRequest { toMode reason askedBy askedAt mayAgree }
    modeChanges { fromMode toMode reason askedBy agreedBy agreedAt }
    lagSeconds
    tiers
    late
    unknown
    arbiterPaths { from via target }
    arbiterReach { from percent level observedAt }
    from { id name role }
    to { id name role }
  }
`);

export const DrPictureQuery = graphql(
  `
    query DrPicture {
      centers { id ...ThreeCentersCenter }
      drPicture {
        links { id ...DrLinkFacts }
        centers { center { id } grades { grade groups } }
        grades { grade groups }
      }
    }
  `,
  [ThreeCentersCenter, DrLinkFacts],
);

export const DrCenterLossQuery = graphql(`
  query DrCenterLoss($id: ID!) {
    drCenterLoss(centerId: $id) {
      center { id name role }
      fates { fate groups }
      groups { fate dataLossSeconds uncertain group { id name department { id name } } }
      needs { vcpu memoryMib }
      free { vcpu memoryMib }
    }
  }
`);

export const SetDrTargetsMutation = graphql(
  `
    mutation SetDrTargets($input: SetDrTargetsInput!) {
      outcome: setDrTargets(input: $input) { group { id ...DrGroupFacts } errors { ...UserErrorFields } }
    }
  `,
  [DrGroupFacts, UserErrorFields],
);

export const EditDrTierMutation = graphql(
  `
    mutation EditDrTier($input: EditDrTierInput!) {
      outcome: editDrTier(input: $input) { group { id ...DrGroupFacts } errors { ...UserErrorFields } }
    }
  `,
  [DrGroupFacts, UserErrorFields],
);

export const DissolveDrTierMutation = graphql(
  `
    mutation DissolveDrTier($input: DissolveDrTierInput!) {
      outcome: dissolveDrTier(input: $input) { group { id ...DrGroupFacts } errors { ...UserErrorFields } }
    }
  `,
  [DrGroupFacts, UserErrorFields],
);

export const ComposeDrTierMutation = graphql(
  `
    mutation ComposeDrTier($input: ComposeDrTierInput!) {
      outcome: composeDrTier(input: $input) { group { id ...DrGroupFacts } errors { ...UserErrorFields } }
    }
  `,
  [DrGroupFacts, UserErrorFields],
);

export const SetDrLinkPathsMutation = graphql(
  `
    mutation SetDrLinkPaths($input: SetDrLinkPathsInput!) {
      outcome: setDrLinkPaths(input: $input) { link { id ...DrLinkFacts } errors { ...UserErrorFields } }
    }
  `,
  [DrLinkFacts, UserErrorFields],
);

export const AskDrLinkModeMutation = graphql(
  `
    mutation AskDrLinkMode($input: AskDrLinkModeInput!) {
      outcome: askDrLinkMode(input: $input) { link { id ...DrLinkFacts } errors { ...UserErrorFields } }
    }
  `,
  [DrLinkFacts, UserErrorFields],
);

export const AgreeDrLinkModeMutation = graphql(
  `
    mutation AgreeDrLinkMode($input: DrLinkInput!) {
      outcome: agreeDrLinkMode(input: $input) { link { id ...DrLinkFacts } errors { ...UserErrorFields } }
    }
  `,
  [DrLinkFacts, UserErrorFields],
);

export const WithdrawDrLinkModeMutation = graphql(
  `
    mutation WithdrawDrLinkMode($input: DrLinkInput!) {
      outcome: withdrawDrLinkMode(input: $input) { link { id ...DrLinkFacts } errors { ...UserErrorFields } }
    }
  `,
  [DrLinkFacts, UserErrorFields],
);

/** Says that something may be otherwise; what, the page asks for. */
export const DrChangedSubscription = graphql(`
  subscription DrChanged {
    drChanged { at }
  }
`);

export const DrSignalHistoryQuery = graphql(`
  query DrSignalHistory($group: ID!, $signal: ID!, $hours: Int!) {
    drSignalHistory(groupId: $group, signalId: $signal, hours: $hours) {
      points { startsAt minutes least most mean readings }
      changes { at from to value }
    }
  }
`);

export const SaveDrProbeMutation = graphql(
  `
    mutation SaveDrProbe($input: SaveDrProbeInput!) {
      outcome: saveDrProbe(input: $input) { group { id ...DrGroupFacts } errors { ...UserErrorFields } }
    }
  `,
  [DrGroupFacts, UserErrorFields],
);

export const RemoveDrProbeMutation = graphql(
  `
    mutation RemoveDrProbe($input: RemoveDrProbeInput!) {
      outcome: removeDrProbe(input: $input) { group { id ...DrGroupFacts } errors { ...UserErrorFields } }
    }
  `,
  [DrGroupFacts, UserErrorFields],
);

/** Machines of a system, to compose a tier of. */
export const SystemMachinesQuery = graphql(`
  query SystemMachines($system: ID!) {
    resources(first: 100, filter: { systemId: $system }) {
      nodes { id code name state center { id name role } }
    }
  }
`);

export type DrGroup = ResultOf<typeof DrGroupFacts>;
