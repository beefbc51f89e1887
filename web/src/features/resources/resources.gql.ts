import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';
import { KeptDiskRow } from './kept-disks.gql';

export const ResourceRow = graphql(`
  fragment ResourceRow on Resource {
    id
    code
    name
    version
    state
    power
    stale
    observedAt
    vcpu
    memoryMib
    diskGib
    addresses
    monthlyCost
    createdAt
    deliveredAt
    origin
    management
    use { state windowDays cpuP95 memoryP95 idle { text } }
    sizeSuggestion @include(if: $ofUse) { vcpu memoryMib savedMonthly }
    openChange { id code }
    life { temporaryUntil binUntil deletionProtected }
    availableActions { action disabledReason }
    department { id name }
    system { id name }
    center { id name role }
  }
`);

export const ResourceListQuery = graphql(
  `
    query ResourceList($first: Int!, $after: String, $filter: ResourceFilter, $orderBy: ResourceOrder, $ofUse: Boolean!) {
      resources(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...ResourceRow }
      }
      centers { id code name role }
    }
  `,
  [ResourceRow],
);

export const ResourceStatus = graphql(`
  fragment ResourceStatus on Resource {
    id
    code
    name
    state
    management
    power
    statusText
    progressPercent
    observedAt
    stale
    addresses
    claimedAddresses { address network state }
    nodeName
    clusterObject
    replaceTask { id }
  }
`);

export const ResourceFacts = graphql(`
  fragment ResourceFacts on Resource {
    id
    vcpu
    memoryMib
    diskGib
    storageTier
    monthlyCost
    createdAt
    deliveredAt
    releasedAt
    department { id name }
    system { id name code }
    project { id name code }
    management
    origin
    sourcePlatform
    match
    request { id code }
    openChange { id code state }
    offer { id name architecture domesticCpu }
    image { id name }
    center { id name role }
    pool { id code zone }
  }
`);

export const ResourceConditions = graphql(`
  fragment ResourceConditions on Resource {
    id
    conditions { type status reason message since }
  }
`);

export const ResourceEvents = graphql(`
  fragment ResourceEvents on Resource {
    id
    events { id at kind text actorName side organisation reason }
  }
`);

export const ResourceActions = graphql(`
  fragment ResourceActions on Resource {
    id
    code
    name
    version
    state
    management
    life { temporaryUntil extensionsUsed keepDiskDays keepDiskDaysMost }
    openChange { id code }
    system { id name }
    reclaimCase { id code }
    availableActions { action disabledReason }
  }
`);

/** What time and people have made of it since its delivery. */
export const ResourceTerm = graphql(`
  fragment ResourceTerm on Resource {
    id
    state
    life {
      temporaryUntil
      stopsAt
      binsAt
      extensionsUsed
      reviewDueAt
      reviewStage
      off
      binUntil
      binCause
      deletionProtected
      keepDiskDays
    }
    extensions { id state toUntil byRule reason askedAt askedByName decidedByName opinion }
    reviews { id at byName outcome note change { id code } }
    reclaimCase { id code state dueAt }
  }
`);

/** Its disks as they were at moments that somebody kept. */
export const ResourceSnapshotsPart = graphql(`
  fragment ResourceSnapshotsPart on Resource {
    id
    name
    version
    management
    state
    snapshots {
      most
      mayOperate
      stopFirst
      takeDisabledReason
      nodes {
        id
        name
        state
        diskGib
        indications
        trouble
        createdAt
        createdBy
        readyAt
        restoring
        restoreDisabledReason
        giveUpDisabledReason
        deleteDisabledReason
      }
    }
  }
`);

/** Disks of other machines that it has, and the one of its own that outlived it. */
export const ResourceDisks = graphql(
  `
    fragment ResourceDisks on Resource {
      id
      keptDisks { id ...KeptDiskRow }
    }
  `,
  [KeptDiskRow],
);

/** Everything that the page of one resource shows; query, act and events carry it alike. */
export const ResourceParts = graphql(
  `
    fragment ResourceParts on Resource {
      id
      code
      name
      version
      state
      management
      ...ResourceStatus
      ...ResourceFacts
      ...ResourceConditions
      ...ResourceEvents
      ...ResourceActions
      ...ResourceTerm
      ...ResourceSnapshotsPart
      ...ResourceDisks
    }
  `,
  [
    ResourceStatus,
    ResourceFacts,
    ResourceConditions,
    ResourceEvents,
    ResourceActions,
    ResourceTerm,
    ResourceSnapshotsPart,
    ResourceDisks,
  ],
);

export const ResourcePageQuery = graphql(
  `
    query ResourcePage($id: ID!) {
      resource(id: $id) { id ...ResourceParts }
    }
  `,
  [ResourceParts],
);

export const ResourceChangedSubscription = graphql(
  `
    subscription ResourceChanged($id: ID!) {
      resourceChanged(id: $id) {
        resource { id ...ResourceParts }
      }
    }
  `,
  [ResourceParts],
);

export const ReleaseResourceMutation = graphql(
  `
    mutation ReleaseResource($input: ReleaseResourceInput!) {
      releaseResource(input: $input) {
        resource { id ...ResourceParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [ResourceParts, UserErrorFields],
);
