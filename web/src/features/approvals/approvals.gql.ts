import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

// ---------- delegations ----------
export const DelegationRow = graphql(`
  fragment DelegationRow on Delegation {
    id
    delegatorName
    delegateName
    given
    from
    until
    reason
    state
  }
`);

export const DelegationsQuery = graphql(
  `
    query Delegations {
      delegations { id ...DelegationRow }
    }
  `,
  [DelegationRow],
);

export const DelegateCandidatesQuery = graphql(`
  query DelegateCandidates($search: String) {
    delegateCandidates(search: $search) {
      id
      displayName
      department { id name }
    }
  }
`);

export const DelegateApprovalsMutation = graphql(
  `
    mutation DelegateApprovals($input: DelegateApprovalsInput!) {
      outcome: delegateApprovals(input: $input) {
        delegation { id ...DelegationRow }
        errors { ...UserErrorFields }
      }
    }
  `,
  [DelegationRow, UserErrorFields],
);

export const RevokeDelegationMutation = graphql(
  `
    mutation RevokeDelegation($input: RevokeDelegationInput!) {
      outcome: revokeDelegation(input: $input) {
        delegation { id ...DelegationRow }
        errors { ...UserErrorFields }
      }
    }
  `,
  [DelegationRow, UserErrorFields],
);

// ---------- working days ----------
export const CalendarYearRow = graphql(`
  fragment CalendarYearRow on CalendarYear {
    year
    published
    source
    version
    changedAt
    changedBy
    days { day kind name }
  }
`);

export const CalendarYearsQuery = graphql(
  `
    query CalendarYears {
      calendarYears { ...CalendarYearRow }
    }
  `,
  [CalendarYearRow],
);

export const SaveCalendarYearMutation = graphql(
  `
    mutation SaveCalendarYear($input: SaveCalendarYearInput!) {
      outcome: saveCalendarYear(input: $input) {
        calendarYear { ...CalendarYearRow }
        errors { ...UserErrorFields }
      }
    }
  `,
  [CalendarYearRow, UserErrorFields],
);

// ---------- chains ----------
export const ChainEditionParts = graphql(
  `
    fragment ChainEditionParts on ChainEdition {
      id
      number
      inForce
      note
      version
      changedAt
      changedBy
      publishedAt
      publishedBy
      problems { ...UserErrorFields }
      rules {
        title { zh en }
        chainKey
        condition {
          kinds
          monthlyFrom
          monthlyBelow
          localModes
          remoteModes
          departmentLevels
          departmentIds
          insidePlan
          exceptPoor
        }
      }
      chains {
        key
        title { zh en }
        steps {
          key
          title { zh en }
          roles
          mode
          count
          deadlineWorkingDays
          needsFile
          needsSeal
          holdsCapacity
          escalatesTo
        }
      }
    }
  `,
  [UserErrorFields],
);

export const ChainEditionsQuery = graphql(
  `
    query ChainEditions {
      chainEditions { id ...ChainEditionParts }
    }
  `,
  [ChainEditionParts],
);

export const BeginChainDraftMutation = graphql(
  `
    mutation BeginChainDraft($input: BeginChainDraftInput!) {
      outcome: beginChainDraft(input: $input) {
        edition { id ...ChainEditionParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [ChainEditionParts, UserErrorFields],
);

export const SaveChainDraftMutation = graphql(
  `
    mutation SaveChainDraft($input: SaveChainDraftInput!) {
      outcome: saveChainDraft(input: $input) {
        edition { id ...ChainEditionParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [ChainEditionParts, UserErrorFields],
);

export const DiscardChainDraftMutation = graphql(
  `
    mutation DiscardChainDraft($input: ChainEditionActInput!) {
      outcome: discardChainDraft(input: $input) {
        edition { id }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const PublishChainEditionMutation = graphql(
  `
    mutation PublishChainEdition($input: ChainEditionActInput!) {
      outcome: publishChainEdition(input: $input) {
        edition { id ...ChainEditionParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [ChainEditionParts, UserErrorFields],
);
