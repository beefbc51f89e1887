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
    holderDepartments { units department { id name } }
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
      usedSince
      sourcePlatform
      plannedForId
      plannedMove {
        planId
        planVersion
        from { startUnit heightUnits cabinet { id code } }
        to { startUnit heightUnits cabinet { id code } }
      }
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

export const PlanMoveMutation = graphql(
  `
    mutation PlanMove($input: PlanMoveInput!) {
      planMove(input: $input) {
        cabinet { id ...RackCabinetParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [RackCabinetParts, UserErrorFields],
);

export const ApplyMoveMutation = graphql(
  `
    mutation ApplyMove($input: ApplyMoveInput!) {
      applyMove(input: $input) {
        cabinet { id ...RackCabinetParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [RackCabinetParts, UserErrorFields],
);

/** Cabinets that something may be moved to; the server says what does not fit. */
export const CabinetChoicesQuery = graphql(`
  query CabinetChoices($filter: CabinetFilter!) {
    cabinets(first: 20, filter: $filter, orderBy: CODE) {
      totalCount
      nodes {
        id
        code
        longestFreeRunUnits
        longestFreeFrontUnits
        longestFreeRearUnits
        power { freeW }
        room { id name }
      }
    }
  }
`);

/** Asked when somebody opens the record of one thing. */
export const HolderEntriesQuery = graphql(`
  query HolderEntries($id: ID!) {
    cabinet(id: $id) {
      id
      holders {
        id
        entries {
          version
          at
          state
          spot { startUnit heightUnits cabinet { id code } }
          department { id name }
        }
      }
    }
  }
`);

/** A cabinet as it was. */
export const PastCabinetQuery = graphql(`
  query PastCabinet($id: ID!, $at: DateTime!) {
    cabinet(id: $id) {
      id
      code
      heightUnits
      startingUnit
      numbering
      version
      holdersAsOf(at: $at) {
        holderId
        state
        startUnit
        heightUnits
        face
        foreign
        kind
        subjectId
        label
        powerW
        weightGrams
        reason
        department { id name }
      }
    }
  }
`);

export const SpaceUseQuery = graphql(`
  query SpaceUse($from: String!, $until: String!) {
    spaceUse(from: $from, until: $until) {
      department { id name }
      cabinets
      usedUnitDays
      heldUnitDays
      blockedUnitDays
    }
  }
`);
