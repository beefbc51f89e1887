import { graphql, type ResultOf } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const DrillRow = graphql(`
  fragment DrillRow on DrDrill {
    id
    code
    groupId
    groupName
    kind
    state
    outcome
    scenario
    plannedAt
    closedAt
    plannedBy
    targetRtoSeconds
    figures { rtoSeconds }
    center { id name role }
  }
`);

export const DrillListQuery = graphql(
  `
    query DrillList($first: Int!, $after: String, $filter: DrDrillFilter) {
      drDrills(first: $first, after: $after, filter: $filter) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...DrillRow }
      }
    }
  `,
  [DrillRow],
);

export const TicketRow = graphql(`
  fragment TicketRow on DrTicket {
    id
    version
    code
    deviation
    target
    measured
    subject
    ownerName
    dueOn
    done
    doneAt
    doneBy
    doneNote
    mayEdit
  }
`);
export type Ticket = ResultOf<typeof TicketRow>;

export const DrillFacts = graphql(
  `
    fragment DrillFacts on DrDrill {
      id
      version
      code
      groupId
      groupName
      kind
      state
      outcome
      scenario
      plannedAt
      plannedBy
      approvedBy
      approvedAt
      closedAt
      cleanupHours
      cleanupDueAt
      cleanupBegunAt
      trouble
      abortReason
      reportHash
      targetRtoSeconds
      targetRpoSeconds
      targetLevel
      availableActions
      frozenBecause
      system { id name department { id name } }
      center { id name role }
      checks { code ok text }
      figures { rtoSeconds detectionSeconds decisionSeconds executionSeconds rpoSeconds }
      marks { mark at by }
      items { number code kind title limitSeconds mark state begunAt doneAt doneBy note late mayPress }
      copies { resourceId name wave state trouble readyAt }
      drillTickets { ...TicketRow }
    }
  `,
  [TicketRow],
);
export type Drill = ResultOf<typeof DrillFacts>;

export const DrillQuery = graphql(
  `
    query Drill($id: ID!) {
      drDrill(id: $id) { id ...DrillFacts }
    }
  `,
  [DrillFacts],
);

export const DrillCalendarQuery = graphql(
  `
    query DrillCalendar {
      drDrillCalendar {
        ruleNumber
        effectiveOn
        overdue
        soon
        lines { kind everyDays onlyProtected }
        entries { groupId groupName kind lastPassedAt dueAt state planned { id code state plannedAt } }
      }
      drTickets { id ...TicketRow drill { id code groupName } }
    }
  `,
  [TicketRow],
);

/** What is chosen from when a drill is planned. */
export const DrillChoicesQuery = graphql(`
  query DrillChoices($search: String, $group: ID!, $named: Boolean!) {
    drGroups(first: 20, filter: { search: $search }) { nodes { id name } }
    drGroup(id: $group) @include(if: $named) { id name rtoSeconds rpoSeconds }
    drDrillPlaces(groupId: $group) @include(if: $named) { center { id name role } machines fits text }
  }
`);

/** Asked again for each time that is typed: a plan may be made all the same, and waits for the freeze's end. */
export const DrillFrozenQuery = graphql(`
  query DrillFrozen($group: ID!, $center: ID!, $at: DateTime!) {
    drDrillFrozen(groupId: $group, centerId: $center, at: $at)
  }
`);

export const PlanDrillMutation = graphql(
  `
    mutation PlanDrill($input: PlanDrDrillInput!) {
      outcome: planDrDrill(input: $input) { drill { id } errors { ...UserErrorFields } }
    }
  `,
  [UserErrorFields],
);

export const ApproveDrillMutation = graphql(
  `
    mutation ApproveDrill($input: DrDrillInput!) {
      outcome: approveDrDrill(input: $input) { drill { id ...DrillFacts } errors { ...UserErrorFields } }
    }
  `,
  [DrillFacts, UserErrorFields],
);

export const PrecheckDrillMutation = graphql(
  `
    mutation PrecheckDrill($input: DrDrillInput!) {
      outcome: precheckDrDrill(input: $input) { drill { id ...DrillFacts } errors { ...UserErrorFields } }
    }
  `,
  [DrillFacts, UserErrorFields],
);

export const StartDrillMutation = graphql(
  `
    mutation StartDrill($input: DrDrillInput!) {
      outcome: startDrDrill(input: $input) { drill { id ...DrillFacts } errors { ...UserErrorFields } }
    }
  `,
  [DrillFacts, UserErrorFields],
);

export const FinishDrillMutation = graphql(
  `
    mutation FinishDrill($input: DrDrillInput!) {
      outcome: finishDrDrill(input: $input) { drill { id ...DrillFacts } errors { ...UserErrorFields } }
    }
  `,
  [DrillFacts, UserErrorFields],
);

export const RetryCleanupMutation = graphql(
  `
    mutation RetryCleanup($input: DrDrillInput!) {
      outcome: retryDrDrillCleanup(input: $input) { drill { id ...DrillFacts } errors { ...UserErrorFields } }
    }
  `,
  [DrillFacts, UserErrorFields],
);

export const CancelDrillMutation = graphql(
  `
    mutation CancelDrill($input: EndDrDrillInput!) {
      outcome: cancelDrDrill(input: $input) { drill { id ...DrillFacts } errors { ...UserErrorFields } }
    }
  `,
  [DrillFacts, UserErrorFields],
);

export const AbortDrillMutation = graphql(
  `
    mutation AbortDrill($input: EndDrDrillInput!) {
      outcome: abortDrDrill(input: $input) { drill { id ...DrillFacts } errors { ...UserErrorFields } }
    }
  `,
  [DrillFacts, UserErrorFields],
);

export const PressItemMutation = graphql(
  `
    mutation PressItem($input: PressDrDrillItemInput!) {
      outcome: pressDrDrillItem(input: $input) { drill { id ...DrillFacts } errors { ...UserErrorFields } }
    }
  `,
  [DrillFacts, UserErrorFields],
);

export const AssignTicketMutation = graphql(
  `
    mutation AssignTicket($input: AssignDrTicketInput!) {
      outcome: assignDrTicket(input: $input) { ticket { id ...TicketRow } errors { ...UserErrorFields } }
    }
  `,
  [TicketRow, UserErrorFields],
);

export const DoneTicketMutation = graphql(
  `
    mutation DoneTicket($input: DoneDrTicketInput!) {
      outcome: doneDrTicket(input: $input) { ticket { id ...TicketRow } errors { ...UserErrorFields } }
    }
  `,
  [TicketRow, UserErrorFields],
);

export const DrillRuleParts = graphql(
  `
    fragment DrillRuleParts on DrDrillRule {
      id
      number
      inForce
      note
      effectiveFrom
      version
      changedAt
      changedBy
      publishedAt
      publishedBy
      rectifyDays
      lines { kind everyDays warnDays onlyProtected }
      problems { ...UserErrorFields }
    }
  `,
  [UserErrorFields],
);
export type DrillRule = ResultOf<typeof DrillRuleParts>;

export const DrillRulesQuery = graphql(
  `
    query DrillRules { drDrillRules { id ...DrillRuleParts } }
  `,
  [DrillRuleParts],
);

export const BeginDrillRuleMutation = graphql(
  `
    mutation BeginDrillRule($input: BeginDrDrillRuleDraftInput!) {
      outcome: beginDrDrillRuleDraft(input: $input) { edition { id ...DrillRuleParts } errors { ...UserErrorFields } }
    }
  `,
  [DrillRuleParts, UserErrorFields],
);

export const SaveDrillRuleMutation = graphql(
  `
    mutation SaveDrillRule($input: SaveDrDrillRuleDraftInput!) {
      outcome: saveDrDrillRuleDraft(input: $input) { edition { id ...DrillRuleParts } errors { ...UserErrorFields } }
    }
  `,
  [DrillRuleParts, UserErrorFields],
);

export const DiscardDrillRuleMutation = graphql(
  `
    mutation DiscardDrillRule($input: DrDrillRuleActInput!) {
      outcome: discardDrDrillRuleDraft(input: $input) { edition { id } errors { ...UserErrorFields } }
    }
  `,
  [UserErrorFields],
);

export const PublishDrillRuleMutation = graphql(
  `
    mutation PublishDrillRule($input: DrDrillRuleActInput!) {
      outcome: publishDrDrillRule(input: $input) { edition { id ...DrillRuleParts } errors { ...UserErrorFields } }
    }
  `,
  [DrillRuleParts, UserErrorFields],
);
