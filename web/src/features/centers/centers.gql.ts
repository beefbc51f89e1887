import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';
import { ThreeCentersCenter } from '../../ui/three-centers/three-centers.gql';

export const CenterFacts = graphql(`
  fragment CenterFacts on Center {
    id
    code
    name
    role
    life
    opensOn
    version
    nextActions
    cluster { id name reach observedAt }
  }
`);

export const PoolRow = graphql(`
  fragment PoolRow on Pool {
    id
    code
    kind
    architecture
    zone
    processor
    domesticCpu
    protectionLevelMax
    platformName
    inMaintenance
    version
    capacity { meter storageTier accelerator total held allocated free present }
    sizing {
      vcpuOvercommitPercent
      reservePercent
      reserveNodes
      size { nodes vcpu memoryMib ssdGib hddGib }
      counted { nodes vcpu memoryMib ssdGib hddGib }
      accelerators { name count }
    }
    cloud {
      kind
      migrationPlan
      migrationTarget
      servers
      rackUnits
      owner { id name }
    }
  }
`);

export const WindowRow = graphql(`
  fragment WindowRow on MaintenanceWindow {
    id
    code
    title
    reason
    extent
    nodes
    fromAt
    toAt
    state
    plannedBy
    startedAt
    endedAt
    version
    uncovered { meter amount }
    placeId
    placeLabel
    feed
    center { id name role }
    pool { id code }
  }
`);

export const CenterListQuery = graphql(
  `
    query CenterList {
      centers {
        id
        ...CenterFacts
        ...ThreeCentersCenter
      }
    }
  `,
  [CenterFacts, ThreeCentersCenter],
);

export const CenterPageQuery = graphql(
  `
    query CenterPage($id: ID!) {
      center(id: $id) {
        id
        ...CenterFacts
        pools {
          id
          ...PoolRow
          maintenanceWindows { id ...WindowRow }
        }
      }
    }
  `,
  [CenterFacts, PoolRow, WindowRow],
);

export const MaintenanceListQuery = graphql(
  `
    query MaintenanceList($first: Int!, $after: String, $filter: MaintenanceFilter) {
      maintenanceWindows(first: $first, after: $after, filter: $filter) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...WindowRow }
      }
    }
  `,
  [WindowRow],
);

export const CenterRemainsQuery = graphql(`
  query CenterRemains($id: ID!) {
    center(id: $id) { id remains { kind count } }
  }
`);

/** Pools that a window can take, by center. */
export const PoolChoicesQuery = graphql(`
  query PoolChoices {
    centers {
      id
      name
      pools { id code sizing { size { nodes } } }
    }
  }
`);

export const MaintenanceImpactQuery = graphql(`
  query MaintenanceImpact($input: MaintenanceImpactInput!) {
    maintenanceImpact(input: $input) {
      meters { meter promisedNow promisedThen live short }
      displacedCount
      displaced { held vcpu memoryMib resource { id name code system { id name } } }
      sidesLost { id name code }
      overlapping { id code title }
    }
  }
`);

/** Centers that have rooms to choose from; rooms come once a center is chosen. */
export const PlaceCentersQuery = graphql(`
  query PlaceCenters {
    centers { id name }
  }
`);

export const PlaceChoicesQuery = graphql(`
  query PlaceChoices($centerId: ID!) {
    rooms(centerId: $centerId) {
      id
      code
      name
      rows { id code }
      cabinets { id code }
    }
  }
`);

export const PlaceImpactQuery = graphql(`
  query PlaceImpact($input: PlaceImpactInput!) {
    placeImpact(input: $input) {
      cabinets
      dark { id code }
      atRisk { id code }
      departments { things units powerW department { id name } }
      systems { id name code }
      dualActive { id name code }
      pools { hosts pool { id code } }
      own
      overlapping { id code title }
    }
  }
`);

export const ConsolidationQuery = graphql(
  `
    query Consolidation($year: Int!) {
      consolidationCount(year: $year) {
        year
        takenAt
        takenBy
        clouds {
          poolCode
          platformName
          cloudKind
          vcpu
          memoryMib
          storageGib
          servers
          rackUnits
          migrationTarget
          owner { id name }
        }
        byKind { kind sums { clouds vcpu memoryMib storageGib servers rackUnits unsaid } }
        total { clouds vcpu memoryMib storageGib servers rackUnits unsaid }
      }
      clouds { id ...PoolRow }
    }
  `,
  [PoolRow],
);

/** Whose a cloud may be. */
export const OwnerChoicesQuery = graphql(`
  query OwnerChoices($search: String) {
    departments(first: 20, search: $search) { nodes { id name code } }
  }
`);

export const RegisterCenterMutation = graphql(
  `
    mutation RegisterCenter($input: RegisterCenterInput!) {
      registerCenter(input: $input) { center { id ...CenterFacts } errors { ...UserErrorFields } }
    }
  `,
  [CenterFacts, UserErrorFields],
);

export const ChangeCenterLifeMutation = graphql(
  `
    mutation ChangeCenterLife($input: ChangeCenterLifeInput!) {
      changeCenterLife(input: $input) { center { id ...CenterFacts } errors { ...UserErrorFields } }
    }
  `,
  [CenterFacts, UserErrorFields],
);

export const PlanCenterOpeningMutation = graphql(
  `
    mutation PlanCenterOpening($input: PlanCenterOpeningInput!) {
      planCenterOpening(input: $input) { center { id ...CenterFacts } errors { ...UserErrorFields } }
    }
  `,
  [CenterFacts, UserErrorFields],
);

export const RegisterPoolMutation = graphql(
  `
    mutation RegisterPool($input: RegisterPoolInput!) {
      registerPool(input: $input) { pool { id ...PoolRow } errors { ...UserErrorFields } }
    }
  `,
  [PoolRow, UserErrorFields],
);

export const EditPoolMutation = graphql(
  `
    mutation EditPool($input: EditPoolInput!) {
      editPool(input: $input) { pool { id ...PoolRow } errors { ...UserErrorFields } }
    }
  `,
  [PoolRow, UserErrorFields],
);

export const PlanMaintenanceMutation = graphql(
  `
    mutation PlanMaintenance($input: PlanMaintenanceInput!) {
      planMaintenance(input: $input) { window { id ...WindowRow } errors { ...UserErrorFields } }
    }
  `,
  [WindowRow, UserErrorFields],
);

export const StartMaintenanceMutation = graphql(
  `
    mutation StartMaintenance($input: StartMaintenanceInput!) {
      outcome: startMaintenance(input: $input) { window { id ...WindowRow } errors { ...UserErrorFields } }
    }
  `,
  [WindowRow, UserErrorFields],
);

export const EndMaintenanceMutation = graphql(
  `
    mutation EndMaintenance($input: MaintenanceActInput!) {
      outcome: endMaintenance(input: $input) { window { id ...WindowRow } errors { ...UserErrorFields } }
    }
  `,
  [WindowRow, UserErrorFields],
);

export const CancelMaintenanceMutation = graphql(
  `
    mutation CancelMaintenance($input: MaintenanceActInput!) {
      outcome: cancelMaintenance(input: $input) { window { id ...WindowRow } errors { ...UserErrorFields } }
    }
  `,
  [WindowRow, UserErrorFields],
);

export const TakeConsolidationCountMutation = graphql(
  `
    mutation TakeConsolidationCount($input: TakeConsolidationCountInput!) {
      takeConsolidationCount(input: $input) { count { year } errors { ...UserErrorFields } }
    }
  `,
  [UserErrorFields],
);
