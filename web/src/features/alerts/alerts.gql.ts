import { graphql, type ResultOf } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const AlertRow = graphql(`
  fragment AlertRow on DrAlert {
    id
    code
    state
    severity
    name
    tierName
    since
    clearingSince
    behind
    headId
    event { id code }
    closedAt
    callsOut
    acknowledgedBy
    unansweredAt
    mayAcknowledge
    version
    groupId
    centerId
    resourceIds
    answers { broken promise next nextText }
  }
`);

export const AlertListQuery = graphql(
  `
    query AlertList($first: Int!, $after: String, $filter: DrAlertFilter) {
      drAlerts(first: $first, after: $after, filter: $filter) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...AlertRow }
      }
      drAlertCounts { state severity alerts }
    }
  `,
  [AlertRow],
);

export const AlertFacts = graphql(
  `
    fragment AlertFacts on DrAlert {
      id
      ...AlertRow
      acknowledgedAt
      acknowledgedNote
      nextCallAt
      events { at kind severity byName note }
      calls { person role round calledAt deadlineAt deliveries { channel state attempts lastError } }
    }
  `,
  [AlertRow],
);

export const AlertQuery = graphql(
  `
    query AlertDetail($id: ID!) {
      drAlert(id: $id) { id ...AlertFacts }
    }
  `,
  [AlertFacts],
);

export const AcknowledgeAlertMutation = graphql(
  `
    mutation AcknowledgeAlert($input: AcknowledgeDrAlertInput!) {
      outcome: acknowledgeDrAlert(input: $input) { alert { id ...AlertFacts } errors { ...UserErrorFields } }
    }
  `,
  [AlertFacts, UserErrorFields],
);

export const AlertsChangedSubscription = graphql(`
  subscription AlertsChanged {
    drChanged { at }
  }
`);

export const RosterQuery = graphql(`
  query DutyRosterPage($from: DateTime!, $to: DateTime!) {
    dutyRoster(from: $from, to: $to) {
      shifts { id role person from to own version center { id name role } }
      now { id role person from to own version center { id name role } }
      handOvers {
        id
        to
        note
        openAlerts
        points { text since settledAt }
        givenBy
        givenAt
        takenAt
        withdrawnAt
        mine
        mayWithdraw
        shift { id role person from to own version center { id name role } }
      }
      candidates { userId name reachable }
    }
    centers { id name role }
  }
`);

export const AddDutyShiftsMutation = graphql(
  `
    mutation AddDutyShifts($input: AddDutyShiftsInput!) {
      outcome: addDutyShifts(input: $input) { done errors { ...UserErrorFields } }
    }
  `,
  [UserErrorFields],
);

export const RemoveDutyShiftMutation = graphql(
  `
    mutation RemoveDutyShift($input: RemoveDutyShiftInput!) {
      outcome: removeDutyShift(input: $input) { done errors { ...UserErrorFields } }
    }
  `,
  [UserErrorFields],
);

export const OfferHandOverMutation = graphql(
  `
    mutation OfferHandOver($input: OfferHandOverInput!) {
      outcome: offerHandOver(input: $input) { done errors { ...UserErrorFields } }
    }
  `,
  [UserErrorFields],
);

export const TakeHandOverMutation = graphql(
  `
    mutation TakeHandOver($input: EndHandOverInput!) {
      outcome: takeHandOver(input: $input) { done errors { ...UserErrorFields } }
    }
  `,
  [UserErrorFields],
);

export const WithdrawHandOverMutation = graphql(
  `
    mutation WithdrawHandOver($input: EndHandOverInput!) {
      outcome: withdrawHandOver(input: $input) { done errors { ...UserErrorFields } }
    }
  `,
  [UserErrorFields],
);

export type AlertLine = ResultOf<typeof AlertRow>;
export type RosterData = ResultOf<typeof RosterQuery>;
export type Shift = RosterData['dutyRoster']['shifts'][number];

export const FreezeRow = graphql(`
  fragment FreezeRow on ChangeFreeze {
    id
    code
    title
    reason
    from
    to
    endedAt
    running
    madeBy
    version
    centers { id name }
    releases { subjectType subjectName reason until givenBy givenAt }
  }
`);

export const FreezesQuery = graphql(
  `
    query ChangeFreezes {
      changeFreezes { id ...FreezeRow }
      centers { id name role }
    }
  `,
  [FreezeRow],
);

export const SetFreezeMutation = graphql(
  `
    mutation SetChangeFreeze($input: SetChangeFreezeInput!) {
      outcome: setChangeFreeze(input: $input) { freeze { id ...FreezeRow } errors { ...UserErrorFields } }
    }
  `,
  [FreezeRow, UserErrorFields],
);

export const EndFreezeMutation = graphql(
  `
    mutation EndChangeFreeze($input: EndChangeFreezeInput!) {
      outcome: endChangeFreeze(input: $input) { freeze { id ...FreezeRow } errors { ...UserErrorFields } }
    }
  `,
  [FreezeRow, UserErrorFields],
);

export const ReleaseFromFreezeMutation = graphql(
  `
    mutation ReleaseFromFreeze($input: ReleaseFromFreezeInput!) {
      outcome: releaseFromFreeze(input: $input) { freeze { id ...FreezeRow } errors { ...UserErrorFields } }
    }
  `,
  [FreezeRow, UserErrorFields],
);

export type Freeze = ResultOf<typeof FreezeRow>;
