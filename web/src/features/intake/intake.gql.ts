import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const ReconciliationRow = graphql(`
  fragment ReconciliationRow on Reconciliation {
    center { id name role }
    recorded
    matched
    different
    missing
    notChecked
    unrecorded
  }
`);

export const UnrecordedRow = graphql(`
  fragment UnrecordedRow on UnrecordedMachine {
    id
    namespace
    name
    vcpu
    memoryMib
    power
    orphan
    firstSeenAt
    waitingBatch { id code }
    center { id name role }
  }
`);

export const ReconciliationQuery = graphql(
  `
    query Reconciliation($first: Int!, $after: String, $centerId: ID, $search: String) {
      reconciliation { ...ReconciliationRow }
      unrecordedMachines(first: $first, after: $after, centerId: $centerId, search: $search) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...UnrecordedRow }
      }
    }
  `,
  [ReconciliationRow, UnrecordedRow],
);

export const DifferenceRow = graphql(`
  fragment DifferenceRow on Resource {
    id
    code
    name
    match
    management
    vcpu
    memoryMib
    actualVcpu
    actualMemoryMib
    clusterObject
    observedAt
    system { id name }
    department { id name }
    center { id name role }
  }
`);

export const DifferencesQuery = graphql(
  `
    query Differences($first: Int!, $after: String, $filter: ResourceFilter) {
      resources(first: $first, after: $after, filter: $filter, orderBy: NEWEST) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...DifferenceRow }
      }
      centers { id name role }
    }
  `,
  [DifferenceRow],
);

export const IntakeBatchRow = graphql(`
  fragment IntakeBatchRow on IntakeBatch {
    id
    code
    state
    source
    itemCount
    preparedByName
    preparedAt
    decidedByName
    decidedAt
  }
`);

export const IntakeBatchesQuery = graphql(
  `
    query IntakeBatches($first: Int!, $after: String, $states: [IntakeState!]) {
      intakeBatches(first: $first, after: $after, states: $states) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...IntakeBatchRow }
      }
    }
  `,
  [IntakeBatchRow],
);

export const IntakeItemRow = graphql(`
  fragment IntakeItemRow on IntakeItem {
    number
    kind
    name
    sourcePlatform
    startedOn
    vcpu
    memoryMib
    diskGib
    place
    heightUnits
    powerW
    weightGrams
    thingId
    becameId
    system { id code name }
    department { id name }
  }
`);

export const IntakeBatchFacts = graphql(`
  fragment IntakeBatchFacts on IntakeBatch {
    id
    code
    state
    version
    source
    itemCount
    preparedByName
    preparedAt
    decidedByName
    decidedAt
    opinion
    availableActions { action disabledReason }
    quotas { level subjectName meter requested left fits }
  }
`);

/** Asked by the page alone: it asks pools, cabinets and networks anew. */
export const IntakeObjections = graphql(`
  fragment IntakeObjections on IntakeBatch {
    id
    objections { code message path }
  }
`);

export const IntakeBatchQuery = graphql(
  `
    query IntakeBatchPage($id: ID!, $first: Int!, $after: String) {
      intakeBatch(id: $id) {
        id
        ...IntakeBatchFacts
        ...IntakeObjections
        items(first: $first, after: $after) {
          totalCount
          pageInfo { hasNextPage endCursor }
          nodes { ...IntakeItemRow }
        }
      }
    }
  `,
  [IntakeBatchFacts, IntakeObjections, IntakeItemRow],
);

export const IntakeOutcome = graphql(
  `
    fragment IntakeOutcome on IntakePayload {
      batch { id ...IntakeBatchFacts }
      errors { ...UserErrorFields }
    }
  `,
  [IntakeBatchFacts, UserErrorFields],
);

export const PrepareIntakeMutation = graphql(
  'mutation PrepareIntake($input: PrepareIntakeInput!) { outcome: prepareIntake(input: $input) { ...IntakeOutcome } }',
  [IntakeOutcome],
);
export const ApproveIntakeMutation = graphql(
  'mutation ApproveIntake($input: IntakeActInput!) { outcome: approveIntake(input: $input) { ...IntakeOutcome } }',
  [IntakeOutcome],
);
export const ReturnIntakeMutation = graphql(
  'mutation ReturnIntake($input: IntakeActInput!) { outcome: returnIntake(input: $input) { ...IntakeOutcome } }',
  [IntakeOutcome],
);
export const WithdrawIntakeMutation = graphql(
  'mutation WithdrawIntake($input: IntakeActInput!) { outcome: withdrawIntake(input: $input) { ...IntakeOutcome } }',
  [IntakeOutcome],
);

export const IntakeSystem = graphql(`
  fragment IntakeSystem on System {
    id
    code
    name
    department { id name }
  }
`);

export const IntakeChoicesQuery = graphql(
  `
    query IntakeChoices($search: String) {
      systems(first: 20, search: $search) {
        nodes { id ...IntakeSystem }
      }
      centers { id pools { id code architecture zone } }
    }
  `,
  [IntakeSystem],
);
