import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const WorkOrderRow = graphql(`
  fragment WorkOrderRow on WorkOrder {
    id
    code
    kind
    state
    title
    departmentName
    companyName
    assigneeName
    applicantName
    windowFrom
    windowTo
    dueAt
    createdAt
    rooms { id code name }
  }
`);

export const WorkOrderListQuery = graphql(
  `
    query WorkOrderList($first: Int!, $after: String, $filter: WorkOrderFilterInput) {
      workOrders(first: $first, after: $after, filter: $filter) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...WorkOrderRow }
      }
    }
  `,
  [WorkOrderRow],
);

export const WorkOrderParts = graphql(`
  fragment WorkOrderParts on WorkOrder {
    id
    code
    kind
    state
    stateSince
    version
    title
    instructions
    departmentName
    applicantName
    companyName
    assigneeName
    windowFrom
    windowTo
    overlapReason
    dueAt
    escort
    slipNumber
    slipAt
    slipBy
    finishedAt
    createdAt
    requestId
    requestCode
    availableActions
    department { id name }
    system { id name }
    center { id name role }
    rooms { id code name }
    entrants { name idLastFour vendor }
    steps { id title needsEvidence note doneAt doneBy files { id name url } }
    events { at actorName action opinion toState }
    equipment {
      place { spaceId cabinetId cabinetCode startUnit }
      equipment { id label owner serial heightUnits powerW weightGrams domestic state }
    }
    portClaims { portSetId label kind count state }
    backup {
      id
      code
      name
      version
      state
      object
      contents
      cycle
      weekday
      startMinute
      keepDays
      keepCopies
      remote
      encrypted
      encryptionNote
      restoreTestMonths
      nextRestoreTestOn
      availableActions
      targetCenter { id name role }
      machines { id code name }
    }
  }
`);

export const WorkOrderPageQuery = graphql(
  `
    query WorkOrderPage($id: ID!) {
      workOrder(id: $id) { id ...WorkOrderParts }
    }
  `,
  [WorkOrderParts],
);

export const CompanyChoicesQuery = graphql(`
  query CompanyChoices {
    providerCompanies { id name active version members { id username displayName } }
  }
`);

export const NewWorkOrderPageQuery = graphql(`
  query NewWorkOrderPage {
    centers { id code name role }
    viewer { id department { id name } }
  }
`);

export const WorkRoomChoicesQuery = graphql(`
  query WorkRoomChoices($centerId: ID!) {
    rooms(centerId: $centerId) { id code name }
  }
`);

/** What a department has in the rooms: its space, its things, and the ports beside them. */
export const HostingChoicesQuery = graphql(`
  query HostingChoices($departmentId: ID!) {
    givenSpaces(departmentId: $departmentId) {
      id
      cabinetId
      cabinetCode
      label
      startUnit
      heightUnits
      freeUnits
      freePowerW
      freeWeightGrams
    }
    hostedEquipment(first: 100, filter: { departmentId: $departmentId, states: [EXPECTED, ON_SITE, PLANNED, STANDING] }) {
      totalCount
      nodes { id label serial state busy heightUnits powerW weightGrams }
    }
  }
`);

export const PortChoicesQuery = graphql(`
  query PortChoices($cabinetIds: [ID!]!) {
    portSets(cabinetIds: $cabinetIds) { id kind label count free }
  }
`);

/** Whose day the viewer may see: a worker's are the rooms that his orders take him into. */
export const WorkRoomsQuery = graphql(`
  query WorkRooms($centerId: ID!) {
    workRooms(centerId: $centerId) { id code name }
  }
`);

export const WorkWindowsQuery = graphql(`
  query WorkWindows($roomIds: [ID!]!, $from: DateTime!, $to: DateTime!) {
    workWindows(roomIds: $roomIds, from: $from, to: $to) {
      roomId
      from
      to
      kind
      order { id code title state }
    }
  }
`);

export const WorkCentersQuery = graphql(`
  query WorkCenters {
    centers { id code name role }
  }
`);

export const CreateWorkOrderMutation = graphql(
  `
    mutation CreateWorkOrder($input: CreateWorkOrderInput!) {
      outcome: createWorkOrder(input: $input) {
        workOrder { id code }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const EditWorkOrderMutation = graphql(
  `
    mutation EditWorkOrder($input: EditWorkOrderInput!) {
      outcome: editWorkOrder(input: $input) {
        workOrder { id ...WorkOrderParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [WorkOrderParts, UserErrorFields],
);

export const EditWorkOrderPageQuery = graphql(
  `
    query EditWorkOrderPage($id: ID!) {
      centers { id code name role }
      workOrder(id: $id) { id ...WorkOrderParts }
    }
  `,
  [WorkOrderParts],
);

export const RecordWorkStepMutation = graphql(
  `
    mutation RecordWorkStep($input: RecordWorkStepInput!) {
      outcome: recordWorkStep(input: $input) {
        workOrder { id ...WorkOrderParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [WorkOrderParts, UserErrorFields],
);

export const OpenWorkOrderMutation = graphql(
  `
    mutation OpenWorkOrder($input: AssignWorkOrderInput!) {
      outcome: openWorkOrder(input: $input) {
        workOrder { id ...WorkOrderParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [WorkOrderParts, UserErrorFields],
);

export const AssignWorkOrderMutation = graphql(
  `
    mutation AssignWorkOrder($input: AssignWorkOrderInput!) {
      outcome: assignWorkOrder(input: $input) {
        workOrder { id ...WorkOrderParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [WorkOrderParts, UserErrorFields],
);

export const SaveCompanyMutation = graphql(
  `
    mutation SaveCompany($input: SaveProviderCompanyInput!) {
      outcome: saveProviderCompany(input: $input) {
        company { id name active version members { id username displayName } }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);
