import { graphql } from '../../graphql/tada';

export const GoLiveRow = graphql(`
  fragment GoLiveRow on GoLiveCase {
    id
    code
    state
    begunOn
    overOn
    dueStep
    dueAt
    liveSince
    openedByName
    openedAt
    parties
    signatures { id round party decision }
    round
    department { id name }
    system { id name code protectionLevel }
  }
`);

export const GoLiveListQuery = graphql(
  `
    query GoLiveList($first: Int!, $after: String, $filter: GoLiveCaseFilter) {
      goLiveCases(first: $first, after: $after, filter: $filter) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...GoLiveRow }
      }
    }
  `,
  [GoLiveRow],
);

export const GoLiveFacts = graphql(`
  fragment GoLiveFacts on GoLiveCase {
    id
    state
    begunOn
    overOn
    dueStep
    dueAt
    liveSince
    openedByName
    policyNumber
    checkCode
    round
    department { id name }
    system { id code name protectionLevel filingNumber vendorCompany }
    inUse { machines vcpu memoryMib diskGib servers places services centers }
    obstacles { kind count document }
  }
`);

export const GoLiveBook = graphql(`
  fragment GoLiveBook on GoLiveCase {
    id
    version
    state
    begunOn
    availableActions { action disabledReason }
    entries { id kind day text enteredBy resolvedAt resolvedBy resolution files { id name url } }
  }
`);

export const GoLiveDocuments = graphql(`
  fragment GoLiveDocuments on GoLiveCase {
    id
    version
    availableActions { action disabledReason }
    documents { id kind reference addedAt addedBy file { id name url } }
  }
`);

export const GoLiveParties = graphql(`
  fragment GoLiveParties on GoLiveCase {
    id
    state
    round
    checkCode
    parties
    factsOpened
    partiesToSign { party onPaper }
    signatures { id round party decision opinion signerName organisation enteredBy at file { id name url } }
  }
`);

export const GoLiveTimeline = graphql(`
  fragment GoLiveTimeline on GoLiveCase {
    id
    state
    events { id at actorName action reason }
  }
`);

export const GoLiveActions = graphql(`
  fragment GoLiveActions on GoLiveCase {
    id
    code
    version
    sheetUrl
    availableActions { action disabledReason }
  }
`);

export const GoLiveParts = graphql(
  `
    fragment GoLiveParts on GoLiveCase {
      id
      code
      state
      system { id name goLiveCases { id state } liveSince }
      ...GoLiveFacts
      ...GoLiveBook
      ...GoLiveDocuments
      ...GoLiveParties
      ...GoLiveTimeline
      ...GoLiveActions
    }
  `,
  [GoLiveFacts, GoLiveBook, GoLiveDocuments, GoLiveParties, GoLiveTimeline, GoLiveActions],
);

export const GoLivePageQuery = graphql(
  `
    query GoLivePage($id: ID!) {
      goLiveCase(id: $id) { id ...GoLiveParts }
    }
  `,
  [GoLiveParts],
);

export const GoLivePolicyParts = graphql(`
  fragment GoLivePolicyParts on GoLivePolicy {
    number
    publishedAt
    publishedBy
    trialDays
    trialDayKind
    retrialDays
    beginBackDays
    beginAheadDays
    presentWorkingDays
    signWorkingDays
    parties { party fromLevel }
    documents { kind fromLevel }
  }
`);

export const GoLivePolicyQuery = graphql(
  `
    query GoLivePolicy {
      goLivePolicy { ...GoLivePolicyParts }
    }
  `,
  [GoLivePolicyParts],
);
