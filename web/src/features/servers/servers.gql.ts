import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';
import { ServerHostParts } from './hosts.gql';

export const ServerListRow = graphql(`
  fragment ServerListRow on Server {
    id
    assetNumber
    serial
    state
    architecture
    cpuMaker
    domestic
    cpuModel
    sockets
    cores
    memoryMib
    powerW
    origin
    clusterHost
    host { phase }
    purchasedOn
    warrantyUntil
    createdAt
    disks { kind sizeGib count }
    accelerators { kind name count }
    model { id manufacturer model heightHalfUnits nameplatePowerW }
    center { id name role }
    department { id name }
    system { id name }
    pool { id code }
    place { cabinetId cabinetCode startUnit heightUnits cabinet { id room { id name } } }
  }
`);

export const ServerListQuery = graphql(
  `
    query ServerList($first: Int!, $after: String, $filter: ServerFilter, $orderBy: ServerOrder!) {
      servers(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...ServerListRow }
      }
      centers { id code name role }
      cpuMakers { maker name }
    }
  `,
  [ServerListRow],
);

/** Apart from the list: its counts change with the filter only, not with the page. */
export const ServerCountsQuery = graphql(`
  query ServerCounts($filter: ServerFilter) {
    serverCounts(filter: $filter) {
      total
      byState { state count }
      byMaker { maker domestic count }
      byAccelerator { kind name count amount }
    }
  }
`);

export const ServerFacts = graphql(`
  fragment ServerFacts on Server {
    id
    architecture
    cpuMaker
    domestic
    cpuModel
    sockets
    cores
    threads
    memoryMib
    powerW
    weightGrams
    clusterHost
    purchasedOn
    warrantyUntil
    createdAt
    claimedAddresses { address network state }
    model { id manufacturer model heightHalfUnits fullDepth weightGrams nameplatePowerW }
    center { id name role }
  }
`);

export const ServerParts = graphql(`
  fragment ServerParts on Server {
    id
    disks { kind sizeGib count }
    nics { name mac speedMbps }
    accelerators { kind name count }
    cardNetworks { card mac network vlanId isTagged addresses }
  }
`);

export const ServerStanding = graphql(`
  fragment ServerStanding on Server {
    id
    assetNumber
    version
    state
    powerW
    weightGrams
    center { id name role }
    model { id manufacturer model heightHalfUnits fullDepth weightGrams nameplatePowerW }
    place {
      cabinetId
      cabinetCode
      startUnit
      heightUnits
      cabinet { id code room { id name } row { id code } }
    }
  }
`);

export const ServerUser = graphql(`
  fragment ServerUser on Server {
    id
    state
    origin
    usedSince
    sourcePlatform
    department { id name }
    system { id name code }
    pool { id code zone }
  }
`);

export const ServerBmcParts = graphql(`
  fragment ServerBmcParts on Server {
    id
    assetNumber
    version
    state
    bmc { address username hasCredential }
  }
`);

export const ServerHistory = graphql(`
  fragment ServerHistory on Server {
    id
    events { at kind state text actorName }
  }
`);

export const ServerActs = graphql(`
  fragment ServerActs on Server {
    id
    assetNumber
    version
    state
    place { cabinetId cabinetCode }
    bmc { hasCredential }
    availableActions { action disabledReason needsReason needsPool pools { id code zone processor } }
  }
`);

/** Everything that the page of one server shows; the query and every act carry it alike. */
export const ServerPageParts = graphql(
  `
    fragment ServerPageParts on Server {
      id
      assetNumber
      serial
      state
      clusterHost
      host { observedAt }
      claimedAddresses { address }
      cpuMaker
      model { id manufacturer model }
      ...ServerFacts
      ...ServerParts
      ...ServerStanding
      ...ServerUser
      ...ServerBmcParts
      ...ServerHostParts
      ...ServerHistory
      ...ServerActs
    }
  `,
  [ServerFacts, ServerParts, ServerStanding, ServerUser, ServerBmcParts, ServerHostParts, ServerHistory, ServerActs],
);

export const ServerPageQuery = graphql(
  `
    query ServerPage($id: ID!) {
      server(id: $id) { id ...ServerPageParts }
      cpuMakers { maker name }
    }
  `,
  [ServerPageParts],
);

export const ServerChangedSubscription = graphql(
  `
    subscription ServerChanged($id: ID!) {
      serverChanged(id: $id) {
        server { id ...ServerPageParts }
      }
    }
  `,
  [ServerPageParts],
);

export const NewServerPageQuery = graphql(`
  query NewServerPage {
    centers { id code name role life }
    cpuMakers { maker name domestic architectures }
  }
`);

export const EditServerPageQuery = graphql(`
  query EditServerPage($id: ID!) {
    centers { id code name role life }
    cpuMakers { maker name domestic architectures }
    server(id: $id) {
      id
      version
      state
      assetNumber
      serial
      architecture
      cpuMaker
      cpuModel
      sockets
      cores
      threads
      memoryMib
      powerW
      weightGrams
      purchasedOn
      warrantyUntil
      clusterHost
      disks { kind sizeGib count }
      nics { name mac speedMbps }
      accelerators { kind name count }
      bmc { address }
      model { id }
      center { id }
      place { cabinetCode }
    }
  }
`);

export const ModelChoicesQuery = graphql(`
  query ModelChoices($search: String) {
    hardwareModels(first: 20, search: $search) {
      totalCount
      nodes { id manufacturer model slug heightHalfUnits fullDepth weightGrams nameplatePowerW }
    }
  }
`);

/** The one that an address or a record names: it may not be among the first choices. */
export const ModelNameQuery = graphql(`
  query ModelName($id: ID!) {
    node(id: $id) {
      ... on HardwareModel { id manufacturer model slug heightHalfUnits fullDepth weightGrams nameplatePowerW }
    }
  }
`);

export const ServerSystemChoicesQuery = graphql(`
  query ServerSystemChoices($search: String) {
    systems(first: 20, search: $search) { nodes { id name } }
  }
`);

export const ServerSystemNameQuery = graphql(`
  query ServerSystemName($id: ID!) {
    node(id: $id) { id ... on System { name } }
  }
`);

/** Cabinets of the server's center, to stand it in. */
export const MountCabinetsQuery = graphql(`
  query MountCabinets($filter: CabinetFilter!) {
    cabinets(first: 20, filter: $filter, orderBy: CODE) {
      totalCount
      nodes { id code longestFreeRunUnits longestFreeFrontUnits power { freeW } weight { freeGrams } room { id name } }
    }
  }
`);

export const MountCabinetQuery = graphql(`
  query MountCabinet($id: ID!) {
    cabinet(id: $id) {
      id
      code
      heightUnits
      startingUnit
      numbering
      power { freeW limitW }
      weight { freeGrams limitGrams }
      holders { id heightUnits bottomUnits face }
    }
  }
`);

export const RegisterServerMutation = graphql(
  `
    mutation RegisterServer($input: RegisterServerInput!) {
      outcome: registerServer(input: $input) {
        server { id assetNumber }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const EditServerMutation = graphql(
  `
    mutation EditServer($input: EditServerInput!) {
      outcome: editServer(input: $input) {
        server { id ...ServerPageParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [ServerPageParts, UserErrorFields],
);

export const ChangeServerLifeMutation = graphql(
  `
    mutation ChangeServerLife($input: ChangeServerLifeInput!) {
      outcome: changeServerLife(input: $input) {
        server { id ...ServerPageParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [ServerPageParts, UserErrorFields],
);

export const MountServerMutation = graphql(
  `
    mutation MountServer($input: MountServerInput!) {
      outcome: mountServer(input: $input) {
        server { id place { cabinetCode startUnit heightUnits } ...ServerPageParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [ServerPageParts, UserErrorFields],
);

export const UnmountServerMutation = graphql(
  `
    mutation UnmountServer($input: UnmountServerInput!) {
      outcome: unmountServer(input: $input) {
        server { id ...ServerPageParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [ServerPageParts, UserErrorFields],
);

export const SetBmcCredentialMutation = graphql(
  `
    mutation SetBmcCredential($input: SetBmcCredentialInput!) {
      outcome: setBmcCredential(input: $input) {
        server { id ...ServerPageParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [ServerPageParts, UserErrorFields],
);

export const ActOnServerHostMutation = graphql(
  `
    mutation ActOnServerHost($input: ActOnServerHostInput!) {
      outcome: actOnServerHost(input: $input) {
        server { id ...ServerPageParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [ServerPageParts, UserErrorFields],
);
