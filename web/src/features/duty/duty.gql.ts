import { graphql, type ResultOf } from '../../graphql/tada';
import { ConflictParts } from './plans.gql';

export const TicketRow = graphql(`
  fragment DutyTicketRow on DutyTicket {
    id
    code
    kind
    state
    severity
    changeKind
    standardKey
    title
    assignee
    startedAt
    openedAt
    closedAt
    version
    center { id name }
    due { what at isOver }
    offers { action asksForText because }
  }
`);

export const TicketListQuery = graphql(
  `
    query DutyTicketList($first: Int!, $after: String, $filter: DutyTicketFilter) {
      dutyTickets(first: $first, after: $after, filter: $filter) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...DutyTicketRow }
      }
      dutyTicketCounts { kind severity tickets }
    }
  `,
  [TicketRow],
);

export const NoticeRow = graphql(`
  fragment DutyNoticeRow on DutyNotice {
    id
    code
    kind
    title
    sentAt
    sentBy
    mayRead
    ownReader
    reading { told read }
  }
`);

export const TicketFacts = graphql(
  `
    fragment DutyTicketFacts on DutyTicket {
      id
      ...DutyTicketRow
      description
      impact
      urgency
      openedBy
      respondBy
      resolveBy
      respondedAt
      restoredAt
      plannedFrom
      plannedTo
      plan
      rollbackPlan
      reviewedBy
      approvedBy
      approvedAt
      implementedBy
      implementedAt
      rootCause
      workaround
      resolution
      faultDecidedAt
      faultDecidedBy
      mayDecideFault
      frozenBecause
      fault { from to minutes }
      outage { id code minutes liability withdrawnAt }
      links { subjectType subjectId subjectName linkedAt linkedBy }
      namedBy { id code kind title state }
      standardEdition
      conflicts { ...DutyConflictParts }
      entryCount
      entries { at kind state byName text }
      notices { id ...DutyNoticeRow }
      affected { departmentId name systems }
    }
  `,
  [TicketRow, NoticeRow, ConflictParts],
);

export const TicketQuery = graphql(
  `
    query DutyTicketDetail($id: ID!) {
      dutyTicket(id: $id) { id ...DutyTicketFacts }
    }
  `,
  [TicketFacts],
);

export const DutyAlertRow = graphql(`
  fragment DutyAlertRow on DrAlert {
    id
    code
    severity
    state
    since
    behind
    nextCallAt
    unansweredAt
    answers { broken promise }
    event { id code closedAt }
  }
`);

/** One look: what burns, who is on duty, what is frozen, what was handed over. */
export const DutyDeskQuery = graphql(
  `
    query DutyDesk($from: DateTime!, $to: DateTime!) {
      drAlerts(first: 20, filter: { states: [OPEN], severities: [CRITICAL, UNKNOWN], headsOnly: true }) {
        totalCount
        nodes { id ...DutyAlertRow }
      }
      events: dutyTickets(first: 50, filter: { openOnly: true, kinds: [EVENT] }) {
        nodes { id ...DutyTicketRow }
      }
      others: dutyTickets(first: 50, filter: { openOnly: true, kinds: [CHANGE, PROBLEM] }) {
        nodes { id ...DutyTicketRow }
      }
      dutyTicketCounts { kind severity tickets }
      changeFreezes { id code title from to running endedAt centers { id name } }
      dutyRoster(from: $from, to: $to) {
        now { id role person own center { id name } }
        handOvers { id givenBy to givenAt takenAt withdrawnAt note mine points { text since settledAt } }
      }
      dutyLog(first: 20, filter: { openOnly: true, kinds: [NOTE, ROUND, CALL] }) {
        totalCount
        nodes { id at kind text byName ticketId center { id name } }
      }
      dutyNotices(first: 5, unreadOnly: true) {
        totalCount
        nodes { id ...DutyNoticeRow }
      }
    }
  `,
  [DutyAlertRow, TicketRow, NoticeRow],
);

export const DutyChangedSubscription = graphql(`
  subscription DutyChanged {
    drChanged { at }
  }
`);

export const TicketFormQuery = graphql(`
  query DutyTicketForm {
    centers { id name }
  }
`);

export const TicketSystemsQuery = graphql(`
  query DutyTicketSystems($search: String) {
    systems(first: 20, search: $search) { nodes { id name code } }
  }
`);

export const AssigneesQuery = graphql(`
  query DutyAssignees($from: DateTime!, $to: DateTime!) {
    dutyRoster(from: $from, to: $to) { candidates { userId name } }
  }
`);

export const LogRow = graphql(`
  fragment DutyLogRow on DutyLogEntry {
    id
    at
    kind
    text
    byName
    isOpen
    settledAt
    settledBy
    settledNote
    ticketId
    center { id name }
  }
`);

export const LogQuery = graphql(
  `
    query DutyLogList($first: Int!, $after: String, $filter: DutyLogFilter) {
      dutyLog(first: $first, after: $after, filter: $filter) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...DutyLogRow }
      }
      centers { id name }
    }
  `,
  [LogRow],
);

export const NoticeListQuery = graphql(
  `
    query DutyNoticeList($first: Int!, $after: String, $unreadOnly: Boolean!) {
      dutyNotices(first: $first, after: $after, unreadOnly: $unreadOnly) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...DutyNoticeRow }
      }
    }
  `,
  [NoticeRow],
);

export const NoticeFacts = graphql(
  `
    fragment DutyNoticeFacts on DutyNotice {
      id
      ...DutyNoticeRow
      body
      remindedAt
      receipts { departmentId departmentName systems readAt readBy }
      ticket { id code title }
    }
  `,
  [NoticeRow],
);

export const NoticeQuery = graphql(
  `
    query DutyNoticeDetail($id: ID!) {
      dutyNotice(id: $id) { id ...DutyNoticeFacts }
    }
  `,
  [NoticeFacts],
);

export type Ticket = ResultOf<typeof TicketFacts>;
export type TicketLine = ResultOf<typeof TicketRow>;
export type NoticeLine = ResultOf<typeof NoticeRow>;
export type LogLine = ResultOf<typeof LogRow>;
export type Desk = ResultOf<typeof DutyDeskQuery>;

/** All of a long story, asked for when somebody wants it. */
export const WholeStoryQuery = graphql(`
  query DutyWholeStory($id: ID!) {
    dutyTicket(id: $id) { id wholeStory: entries(last: 1000) { at kind state byName text } }
  }
`);
