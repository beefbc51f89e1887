import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const CabinetListRow = graphql(`
  fragment CabinetListRow on Cabinet {
    id
    code
    status
    zone
    position
    heightUnits
    usedUnits
    heldUnits
    blockedUnits
    freeUnits
    longestFreeRunUnits
    rackType
    power { singleFed limitW usedW freeW }
    measuredPowerW
    powerMeasuredAt
    weight { limitGrams usedGrams freeGrams }
    department { id name }
    center { id name role }
    room { id code name }
    row { id code }
  }
`);

export const CabinetListQuery = graphql(
  `
    query CabinetList($first: Int!, $after: String, $filter: CabinetFilter, $orderBy: CabinetOrder!) {
      cabinets(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...CabinetListRow }
      }
      centers { id code name role }
    }
  `,
  [CabinetListRow],
);

/** Of one center, for the filter of the list; asked once a center is chosen. */
export const RoomChoicesQuery = graphql(`
  query RoomChoices($centerId: ID!) {
    rooms(centerId: $centerId) { id code name }
  }
`);

export const RoomsCentersQuery = graphql(`
  query RoomsCenters {
    centers { id code name role life }
  }
`);

export const RoomsOfCenterQuery = graphql(`
  query RoomsOfCenter($centerId: ID!) {
    rooms(centerId: $centerId) {
      id
      code
      name
      widthTiles
      depthTiles
      cabinets { id heightUnits usedUnits heldUnits blockedUnits freeUnits power { limitW usedW } }
    }
  }
`);

export const RoomPlanCabinet = graphql(`
  fragment RoomPlanCabinet on Cabinet {
    id
    code
    status
    zone
    planX
    planY
    heightUnits
    usedUnits
    heldUnits
    blockedUnits
    freeUnits
    longestFreeRunUnits
    power { singleFed limitW usedW }
    department { id name }
    row { id }
  }
`);

export const RoomPageQuery = graphql(
  `
    query RoomPage($id: ID!) {
      room(id: $id) {
        id
        code
        name
        widthTiles
        depthTiles
        center { id name role }
        rows { id code planX planY orientation floorLimitGrams weightGrams }
        cabinets { id ...RoomPlanCabinet }
      }
    }
  `,
  [RoomPlanCabinet],
);

/** All that one elevation shows, and what moving it needs. */
export const RackCabinetParts = graphql(`
  fragment RackCabinetParts on Cabinet {
    id
    code
    status
    zone
    version
    position
    heightUnits
    startingUnit
    numbering
    usedUnits
    heldUnits
    blockedUnits
    freeUnits
    longestFreeRunUnits
    longestFreeFrontUnits
    longestFreeRearUnits
    power { feedAWatts feedBWatts deratingPercent singleFed limitW usedW freeW }
    measuredPowerW
    powerMeasuredAt
    weight { limitGrams ownGrams usedGrams freeGrams }
    holders {
      id
      state
      startUnit
      heightUnits
      face
      version
      foreign
      kind
      subjectId
      label
      powerW
      weightGrams
      reason
      heldUntil
      plannedForId
      department { id name }
    }
  }
`);

export const CabinetPageQuery = graphql(
  `
    query CabinetPage($id: ID!) {
      cabinet(id: $id) {
        id
        widthMm
        depthMm
        rackType
        department { id name }
        center { id name role }
        room { id code name }
        row { id code cabinets { id code heightUnits } }
        ...RackCabinetParts
      }
    }
  `,
  [RackCabinetParts],
);

/** Every elevation of a row in one query. */
export const CabinetRowPageQuery = graphql(
  `
    query CabinetRowPage($id: ID!) {
      cabinetRow(id: $id) {
        id
        code
        floorLimitGrams
        weightGrams
        room { id code name center { id name role } }
        cabinets { id ...RackCabinetParts }
      }
    }
  `,
  [RackCabinetParts],
);

export const MoveHoldersMutation = graphql(
  `
    mutation MoveHolders($input: MoveHoldersInput!) {
      moveHolders(input: $input) {
        cabinets { id ...RackCabinetParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [RackCabinetParts, UserErrorFields],
);

export const PlaceOccupantMutation = graphql(
  `
    mutation PlaceOccupant($input: PlaceOccupantInput!) {
      placeOccupant(input: $input) {
        cabinet { id ...RackCabinetParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [RackCabinetParts, UserErrorFields],
);

export const BlockUnitsMutation = graphql(
  `
    mutation BlockUnits($input: BlockUnitsInput!) {
      blockUnits(input: $input) {
        cabinet { id ...RackCabinetParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [RackCabinetParts, UserErrorFields],
);

export const UnblockUnitsMutation = graphql(
  `
    mutation UnblockUnits($input: CabinetHolderInput!) {
      unblockUnits(input: $input) {
        cabinet { id ...RackCabinetParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [RackCabinetParts, UserErrorFields],
);

export const ReleaseHolderMutation = graphql(
  `
    mutation ReleaseHolder($input: CabinetHolderInput!) {
      releaseHolder(input: $input) {
        cabinet { id ...RackCabinetParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [RackCabinetParts, UserErrorFields],
);
