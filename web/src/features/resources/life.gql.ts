import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';
import { ResourceParts } from './resources.gql';

export const LifeRow = graphql(`
  fragment LifeRow on Resource {
    id
    code
    name
    version
    state
    vcpu
    memoryMib
    monthlyCost
    department { id name }
    system { id name }
    availableActions { action disabledReason }
    life {
      temporaryUntil
      stopsAt
      binsAt
      reviewDueAt
      reviewStage
      off
      binUntil
      binCause
      extensionsUsed
      deletionProtected
      keepDiskDays
      keepDiskDaysMost
    }
  }
`);

export const LifeListQuery = graphql(
  `
    query LifeList($list: LifeList!, $first: Int!, $after: String, $search: String) {
      resourcesDue(list: $list, first: $first, after: $after, search: $search) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...LifeRow }
      }
    }
  `,
  [LifeRow],
);

export const ExtensionRow = graphql(`
  fragment ExtensionRow on TermExtension {
    id
    state
    fromUntil
    toUntil
    byRule
    reason
    askedAt
    askedByName
    decidedAt
    decidedByName
    opinion
    version
    resource { id name code department { id name } }
    line { id name kind department { id name } request { id code } }
  }
`);

export const ExtensionListQuery = graphql(
  `
    query ExtensionList($first: Int!, $after: String, $states: [ExtensionState!]) {
      termExtensions(first: $first, after: $after, states: $states) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...ExtensionRow }
      }
    }
  `,
  [ExtensionRow],
);

export const LifePolicyRow = graphql(`
  fragment LifePolicyRow on LifePolicy {
    name
    value
    least
    most
    version
    changedAt
    changedBy
  }
`);

export const LifePoliciesQuery = graphql(`query LifePolicies { lifePolicies { ...LifePolicyRow } }`, [LifePolicyRow]);

export const ChangeLifePoliciesMutation = graphql(
  `
    mutation ChangeLifePolicies($input: ChangeLifePoliciesInput!) {
      outcome: changeLifePolicies(input: $input) {
        policies { ...LifePolicyRow }
        errors { ...UserErrorFields }
      }
    }
  `,
  [LifePolicyRow, UserErrorFields],
);

export const ReleaseResourcesMutation = graphql(
  `
    mutation ReleaseResources($input: ReleaseResourcesInput!) {
      outcome: releaseResources(input: $input) {
        results { resourceId errors { ...UserErrorFields } }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const ReviewResourcesMutation = graphql(
  `
    mutation ReviewResources($input: ReviewResourcesInput!) {
      outcome: reviewResources(input: $input) {
        results { resourceId errors { ...UserErrorFields } }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const RestoreResourceMutation = graphql(
  `
    mutation RestoreResource($input: ResourceActInput!) {
      outcome: restoreResource(input: $input) {
        resource { id ...ResourceParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [ResourceParts, UserErrorFields],
);

export const PurgeResourceMutation = graphql(
  `
    mutation PurgeResource($input: PurgeResourceInput!) {
      outcome: purgeResource(input: $input) {
        resource { id ...ResourceParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [ResourceParts, UserErrorFields],
);

export const ProtectResourceMutation = graphql(
  `
    mutation ProtectResource($input: ProtectResourceInput!) {
      outcome: protectResource(input: $input) {
        resource { id ...ResourceParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [ResourceParts, UserErrorFields],
);

export const ExtendTermMutation = graphql(
  `
    mutation ExtendTerm($input: ExtendTermInput!) {
      outcome: extendTerm(input: $input) {
        extension { id state }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const GrantExtensionMutation = graphql(
  `
    mutation GrantExtension($input: AnswerExtensionInput!) {
      outcome: grantExtension(input: $input) {
        extension { id ...ExtensionRow }
        errors { ...UserErrorFields }
      }
    }
  `,
  [ExtensionRow, UserErrorFields],
);

export const RefuseExtensionMutation = graphql(
  `
    mutation RefuseExtension($input: AnswerExtensionInput!) {
      outcome: refuseExtension(input: $input) {
        extension { id ...ExtensionRow }
        errors { ...UserErrorFields }
      }
    }
  `,
  [ExtensionRow, UserErrorFields],
);

export const WithdrawExtensionMutation = graphql(
  `
    mutation WithdrawExtension($input: AnswerExtensionInput!) {
      outcome: withdrawExtension(input: $input) {
        extension { id ...ExtensionRow }
        errors { ...UserErrorFields }
      }
    }
  `,
  [ExtensionRow, UserErrorFields],
);

export const LineTermRow = graphql(`
  fragment LineTermRow on LineTerm {
    id
    lineId
    name
    kind
    count
    version
    temporaryUntil
    leavesOn
    termOverAt
    extensionsUsed
    reviewDueAt
    reviewStage
    takenInBy
    mayAct
    mayOpenReclaim
    reclaimCaseId
    department { id name }
    system { id name }
    request { id code }
  }
`);

export const LineTermListQuery = graphql(
  `
    query LineTermList($list: LineTermList!, $first: Int!, $after: String, $search: String) {
      linesDue(list: $list, first: $first, after: $after, search: $search) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...LineTermRow }
      }
    }
  `,
  [LineTermRow],
);

export const ExtendLineTermMutation = graphql(
  `
    mutation ExtendLineTerm($input: ExtendLineTermInput!) {
      outcome: extendLineTerm(input: $input) {
        term { id ...LineTermRow }
        extension { id state }
        errors { ...UserErrorFields }
      }
    }
  `,
  [LineTermRow, UserErrorFields],
);

export const ReviewLineMutation = graphql(
  `
    mutation ReviewLine($input: ReviewLineInput!) {
      outcome: reviewLine(input: $input) {
        term { id ...LineTermRow }
        errors { ...UserErrorFields }
      }
    }
  `,
  [LineTermRow, UserErrorFields],
);
