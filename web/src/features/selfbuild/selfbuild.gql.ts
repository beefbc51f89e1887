import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const AssumptionParts = graphql(`
  fragment AssumptionParts on SelfBuildAssumption { key group unit value source note }
`);

export const SelfBuildEditionParts = graphql(
  `
    fragment SelfBuildEditionParts on SelfBuildEdition {
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
      problems { ...UserErrorFields }
      assumptions { ...AssumptionParts }
    }
  `,
  [UserErrorFields, AssumptionParts],
);

export const SelfBuildParts = graphql(
  `
    fragment SelfBuildParts on SelfBuildComparison {
      subjectName
      first
      last
      months
      years
      accounted
      beside
      draftedMonths
      selfBuild
      jiyun
      savings
      savingsPart
      lines { key amount terms { term value } }
      byYear { year selfBuild jiyun }
      sites { centerName vcpu memoryGib ssdTib hddTib accelerators servers cabinetU }
      edition { id number publishedBy assumptions { ...AssumptionParts } }
    }
  `,
  [AssumptionParts],
);

export const SelfBuildChoicesQuery = graphql(`
  query SelfBuildChoices($first: String!, $last: String!, $departmentId: ID) {
    departments: costPivot(rows: DEPARTMENT, from: $first, to: $last, basis: USED) { rows { key label } }
    systems: costPivot(rows: SYSTEM, from: $first, to: $last, basis: USED, departmentId: $departmentId) { rows { key label } }
    statementMonths
    selfBuildEditions { id number inForce effectiveFrom }
  }
`);

export const SelfBuildQuery = graphql(
  `
    query SelfBuild($departmentId: ID, $systemId: ID, $first: String!, $last: String!, $years: Int!, $editionId: ID) {
      selfBuildComparison(
        departmentId: $departmentId
        systemId: $systemId
        first: $first
        last: $last
        years: $years
        editionId: $editionId
      ) {
        ...SelfBuildParts
      }
    }
  `,
  [SelfBuildParts],
);

export const SelfBuildEditionsQuery = graphql(
  `
    query SelfBuildEditions { selfBuildEditions { id ...SelfBuildEditionParts } }
  `,
  [SelfBuildEditionParts],
);

export const BeginSelfBuildDraftMutation = graphql(
  `
    mutation BeginSelfBuildDraft($input: BeginSelfBuildDraftInput!) {
      outcome: beginSelfBuildDraft(input: $input) {
        edition { id ...SelfBuildEditionParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [SelfBuildEditionParts, UserErrorFields],
);

export const SaveSelfBuildDraftMutation = graphql(
  `
    mutation SaveSelfBuildDraft($input: SaveSelfBuildDraftInput!) {
      outcome: saveSelfBuildDraft(input: $input) {
        edition { id ...SelfBuildEditionParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [SelfBuildEditionParts, UserErrorFields],
);

export const DiscardSelfBuildDraftMutation = graphql(
  `
    mutation DiscardSelfBuildDraft($input: SelfBuildEditionActInput!) {
      outcome: discardSelfBuildDraft(input: $input) { edition { id } errors { ...UserErrorFields } }
    }
  `,
  [UserErrorFields],
);

export const PublishSelfBuildEditionMutation = graphql(
  `
    mutation PublishSelfBuildEdition($input: SelfBuildEditionActInput!) {
      outcome: publishSelfBuildEdition(input: $input) {
        edition { id ...SelfBuildEditionParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [SelfBuildEditionParts, UserErrorFields],
);
