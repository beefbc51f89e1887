import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const NewRoomPageQuery = graphql(`
  query NewRoomPage {
    centers { id code name role }
  }
`);

export const EditRoomPageQuery = graphql(`
  query EditRoomPage($id: ID!) {
    room(id: $id) { id code name widthTiles depthTiles version center { id name role } }
  }
`);

/** The plan on which a new row is laid. */
export const NewCabinetRowPageQuery = graphql(`
  query NewCabinetRowPage($id: ID!) {
    room(id: $id) { id code name widthTiles depthTiles rows { id code planX planY } }
  }
`);

export const EditCabinetRowPageQuery = graphql(`
  query EditCabinetRowPage($id: ID!) {
    cabinetRow(id: $id) {
      id
      code
      planX
      planY
      orientation
      floorLimitGrams
      weightGrams
      version
      room { id code name widthTiles depthTiles }
    }
  }
`);

/** What stands in the row already: new cabinets go on from there and begin like the last of them. */
export const NewCabinetsPageQuery = graphql(`
  query NewCabinetsPage($id: ID!) {
    cabinetRow(id: $id) {
      id
      code
      planX
      planY
      orientation
      floorLimitGrams
      weightGrams
      room { id code name widthTiles depthTiles center { id name role } }
      cabinets {
        id
        code
        position
        heightUnits
        startingUnit
        numbering
        widthMm
        depthMm
        zone
        rackType
        power { feedAWatts feedBWatts deratingPercent }
        weight { limitGrams ownGrams }
      }
    }
  }
`);

/** A few that the typed text finds; frames of the trade are not many. */
export const RackTypeChoicesQuery = graphql(`
  query RackTypeChoices($search: String) {
    rackTypes(first: 50, search: $search) {
      nodes {
        id
        manufacturer
        model
        heightUnits
        startingUnit
        numbering
        widthMm
        depthMm
        ownWeightGrams
        weightLimitGrams
      }
    }
  }
`);

export const EditCabinetPageQuery = graphql(`
  query EditCabinetPage($id: ID!) {
    cabinet(id: $id) {
      id
      code
      status
      zone
      position
      planX
      planY
      heightUnits
      startingUnit
      numbering
      widthMm
      depthMm
      rackType
      version
      power { feedAWatts feedBWatts deratingPercent usedW }
      weight { limitGrams ownGrams usedGrams }
      department { id name }
      room { id code name widthTiles depthTiles }
      row { id code }
    }
  }
`);

export const CreateRoomMutation = graphql(
  `
    mutation CreateRoom($input: CreateRoomInput!) {
      outcome: createRoom(input: $input) {
        room { id }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const EditRoomMutation = graphql(
  `
    mutation EditRoom($input: EditRoomInput!) {
      outcome: editRoom(input: $input) {
        room { id code name widthTiles depthTiles version }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const CreateCabinetRowMutation = graphql(
  `
    mutation CreateCabinetRow($input: CreateCabinetRowInput!) {
      outcome: createCabinetRow(input: $input) {
        cabinetRow { id }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const EditCabinetRowMutation = graphql(
  `
    mutation EditCabinetRow($input: EditCabinetRowInput!) {
      outcome: editCabinetRow(input: $input) {
        cabinetRow { id code planX planY orientation floorLimitGrams version }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const CreateCabinetsMutation = graphql(
  `
    mutation CreateCabinets($input: CreateCabinetsInput!) {
      outcome: createCabinets(input: $input) {
        cabinets { id }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const EditCabinetMutation = graphql(
  `
    mutation EditCabinet($input: EditCabinetInput!) {
      outcome: editCabinet(input: $input) {
        cabinet { id version }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);
