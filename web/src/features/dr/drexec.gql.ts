import { graphql, type ResultOf } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const ExecutionLine = graphql(`
  fragment ExecutionLine on DrExecution {
    id
    code
    groupId
    groupName
    kind
    state
    outcome
    pausedAt
    requestedBy
    createdAt
    closedAt
    fromCenter { id name role }
    toCenter { id name role }
  }
`);

export const ExecutionListQuery = graphql(
  `
    query DrExecutionList($first: Int!, $after: String, $filter: DrExecutionFilter) {
      drExecutions(first: $first, after: $after, filter: $filter) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...ExecutionLine }
      }
    }
  `,
  [ExecutionLine],
);

export const ExecutionFacts = graphql(`
  fragment ExecutionFacts on DrExecution {
    id
    code
    groupId
    groupName
    kind
    state
    outcome
    reason
    epoch
    runbookId
    runbookNumber
    unverifiedAccepted
    shownLossSeconds
    lossNow { seconds rpoSeconds unknownTiers mustType }
    requestedBy
    underStandingOrder
    signaturesNeeded
    confirmDueAt
    confirmedBy
    plannedAt
    pausedAt
    pausedWhy
    moments { moment at }
    createdAt
    closedAt
    version
    mayOperate
    maySignOff
    mayVerify
    department
    fromCenter { id name role }
    toCenter { id name role }
    approvals { by department departmentId opinion at }
    files { id name url }
    returningSides { center { id name role } state epoch problem unseen confirmedBy leftAt reachedAt haltedAt followsAt }
    steps {
      id
      number
      stage
      kind
      action
      title
      instruction
      timeoutSeconds
      needsEvidence
      secondCheck
      state
      startedAt
      finishedAt
      dueAt
      choice
      doneBy
      checkedBy
      output
      outputHash
      problem
      version
    }
  }
`);
export type Execution = ResultOf<typeof ExecutionFacts>;
export type ExecutionStep = Execution['steps'][number];

export const ExecutionQuery = graphql(
  `
    query DrExecutionPage($id: ID!) {
      drExecution(id: $id) { id ...ExecutionFacts }
    }
  `,
  [ExecutionFacts],
);

export const ExecutionChangedSubscription = graphql(
  `
    subscription DrExecutionChanged($id: ID!) {
      drExecutionChanged(id: $id) {
        execution { id ...ExecutionFacts }
      }
    }
  `,
  [ExecutionFacts],
);

export const PreviewQuery = graphql(
  `
    query DrExecutionPreview($groupId: ID!, $kind: DrExecutionKind!, $toCenterId: ID!) {
      drExecutionPreview(groupId: $groupId, kind: $kind, toCenterId: $toCenterId) {
        fromCenterId
        loss { seconds rpoSeconds unknownTiers mustType }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const StartChoicesQuery = graphql(`
  query DrStartChoices($groupId: ID!) {
    drRunbooks(first: 100, filter: { groupId: $groupId }) {
      nodes { id name kind versions(first: 1) { number state } }
    }
    drStandingOrders { id mine kinds groupIds until revokedAt trigger }
    centers { id name role }
  }
`);

export const RequestExecutionMutation = graphql(
  `
    mutation RequestDrExecution($input: RequestDrExecutionInput!) {
      outcome: requestDrExecution(input: $input) {
        execution { id }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const ApproveExecutionMutation = graphql(
  `
    mutation ApproveDrExecution($input: ApproveDrExecutionInput!) {
      outcome: approveDrExecution(input: $input) {
        execution { id ...ExecutionFacts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [ExecutionFacts, UserErrorFields],
);

export const SteerExecutionMutation = graphql(
  `
    mutation SteerDrExecution($input: SteerDrExecutionInput!) {
      outcome: steerDrExecution(input: $input) {
        execution { id ...ExecutionFacts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [ExecutionFacts, UserErrorFields],
);

export const ActOnStepMutation = graphql(
  `
    mutation ActOnDrStep($input: ActOnDrStepInput!) {
      outcome: actOnDrStep(input: $input) {
        execution { id ...ExecutionFacts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [ExecutionFacts, UserErrorFields],
);

export const RunbookLine = graphql(`
  fragment RunbookLine on DrRunbook {
    id
    name
    kind
    groupId
    createdAt
    group { id name }
    versions(first: 1) { number state authoredBy authoredAt verifiedBy verifiedAt byExecution }
  }
`);

export const RunbookListQuery = graphql(
  `
    query DrRunbookList($first: Int!, $after: String, $filter: DrRunbookFilter) {
      drRunbooks(first: $first, after: $after, filter: $filter) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...RunbookLine }
      }
    }
  `,
  [RunbookLine],
);

export const PlannedStepFields = graphql(`
  fragment PlannedStepFields on DrPlannedStep {
    stage
    kind
    action
    title
    instruction
    timeoutSeconds
    retries
    needsEvidence
    secondCheck
    params { proof cidrs fenceClass hosts url order }
  }
`);
export type PlannedStep = ResultOf<typeof PlannedStepFields>;

export const RunbookFacts = graphql(
  `
    fragment RunbookFacts on DrRunbook {
      id
      name
      kind
      groupId
      version
      group { id name }
      versions(first: 20) {
        number
        state
        hash
        authoredBy
        authoredAt
        verifiedBy
        verifiedAt
        byExecution
        steps { ...PlannedStepFields }
      }
    }
  `,
  [PlannedStepFields],
);
export type Runbook = ResultOf<typeof RunbookFacts>;

export const RunbookQuery = graphql(
  `
    query DrRunbookPage($id: ID!) {
      drRunbook(id: $id) { id ...RunbookFacts }
    }
  `,
  [RunbookFacts],
);

export const UsualStepsQuery = graphql(
  `
    query DrUsualSteps($kind: DrExecutionKind!, $groupId: ID) {
      drUsualSteps(kind: $kind, groupId: $groupId) { ...PlannedStepFields }
    }
  `,
  [PlannedStepFields],
);

export const CreateRunbookMutation = graphql(
  `
    mutation CreateDrRunbook($input: CreateDrRunbookInput!) {
      outcome: createDrRunbook(input: $input) {
        runbook { id }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const EditRunbookMutation = graphql(
  `
    mutation EditDrRunbook($input: EditDrRunbookInput!) {
      outcome: editDrRunbook(input: $input) {
        runbook { id ...RunbookFacts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [RunbookFacts, UserErrorFields],
);

export const VerifyRunbookMutation = graphql(
  `
    mutation VerifyDrRunbook($input: VerifyDrRunbookInput!) {
      outcome: verifyDrRunbook(input: $input) {
        runbook { id ...RunbookFacts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [RunbookFacts, UserErrorFields],
);

export const StandingOrderRow = graphql(`
  fragment StandingOrderRow on DrStandingOrder {
    id
    groupIds
    kinds
    trigger
    holder
    signedBy
    signedAt
    from
    until
    revokedBy
    revokedAt
  }
`);
export type StandingOrder = ResultOf<typeof StandingOrderRow>;

export const StandingOrdersQuery = graphql(
  `
    query DrStandingOrderList {
      drStandingOrders { id ...StandingOrderRow }
    }
  `,
  [StandingOrderRow],
);

export const OrderChoicesQuery = graphql(`
  query DrOrderChoices {
    drStandingOrderHolders { userId name }
    drGroups(first: 100) { nodes { id name } }
  }
`);

export const SignOrderMutation = graphql(
  `
    mutation SignDrStandingOrder($input: SignDrStandingOrderInput!) {
      outcome: signDrStandingOrder(input: $input) {
        order { id ...StandingOrderRow }
        errors { ...UserErrorFields }
      }
    }
  `,
  [StandingOrderRow, UserErrorFields],
);

export const RevokeOrderMutation = graphql(
  `
    mutation RevokeDrStandingOrder($input: RevokeDrStandingOrderInput!) {
      outcome: revokeDrStandingOrder(input: $input) {
        order { id ...StandingOrderRow }
        errors { ...UserErrorFields }
      }
    }
  `,
  [StandingOrderRow, UserErrorFields],
);
