import { graphql, type ResultOf } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const ConflictParts = graphql(`
  fragment DutyConflictParts on DutyConflict {
    why
    kind
    subjectId
    code
    title
    from
    to
  }
`);

/** 变更日历: changes, freezes and drills of some weeks, with what stands in whose way. */
export const CalendarQuery = graphql(
  `
    query DutyCalendarOf($from: DateTime!, $to: DateTime!) {
      dutyCalendar(from: $from, to: $to) {
        isCut
        planned {
          kind
          subjectId
          code
          title
          from
          to
          state
          isQuiet
          centers { id name }
          systems
          conflicts { ...DutyConflictParts }
        }
      }
      centers { id name }
    }
  `,
  [ConflictParts],
);
export type Planned = ResultOf<typeof CalendarQuery>['dutyCalendar']['planned'][number];
export type Conflict = ResultOf<typeof ConflictParts>;

export const StandardParts = graphql(
  `
    fragment DutyStandardParts on DutyStandardCatalog {
      id
      number
      inForce
      note
      version
      changedAt
      changedBy
      publishedAt
      publishedBy
      entries { key title plan rollbackPlan impact urgency maxMinutes maxSubjects }
      problems { ...UserErrorFields }
    }
  `,
  [UserErrorFields],
);
export type Catalog = ResultOf<typeof StandardParts>;
export type StandardEntry = Catalog['entries'][number];

export const StandardsQuery = graphql(
  `
    query DutyStandards {
      dutyStandardCatalogs { id ...DutyStandardParts }
      dutyStandardUses { key opened closed rolledBack }
    }
  `,
  [StandardParts],
);

export const BeginStandardMutation = graphql(
  `
    mutation BeginDutyStandard($input: BeginDutyStandardDraftInput!) {
      outcome: beginDutyStandardDraft(input: $input) { edition { id ...DutyStandardParts } errors { ...UserErrorFields } }
    }
  `,
  [StandardParts, UserErrorFields],
);

export const SaveStandardMutation = graphql(
  `
    mutation SaveDutyStandard($input: SaveDutyStandardDraftInput!) {
      outcome: saveDutyStandardDraft(input: $input) { edition { id ...DutyStandardParts } errors { ...UserErrorFields } }
    }
  `,
  [StandardParts, UserErrorFields],
);

export const DiscardStandardMutation = graphql(
  `
    mutation DiscardDutyStandard($input: DutyStandardActInput!) {
      outcome: discardDutyStandardDraft(input: $input) { edition { id } errors { ...UserErrorFields } }
    }
  `,
  [UserErrorFields],
);

export const PublishStandardMutation = graphql(
  `
    mutation PublishDutyStandard($input: DutyStandardActInput!) {
      outcome: publishDutyStandardCatalog(input: $input) {
        edition { id ...DutyStandardParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [StandardParts, UserErrorFields],
);
