import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const UsageNoticeRow = graphql(`
  fragment UsageNoticeRow on UsageNotice {
    id
    month
    departmentName
    madeAt
    readBy
    readAt
    machines
    cpuMean
    memoryMean
    cost
    grade
    findings
    pdfUrl
  }
`);

export const UsageNoticeListQuery = graphql(
  `
    query UsageNoticeList($first: Int!, $after: String, $filter: UsageNoticeFilter) {
      usageNotices(first: $first, after: $after, filter: $filter) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...UsageNoticeRow }
      }
    }
  `,
  [UsageNoticeRow],
);

export const UsageNoticeParts = graphql(`
  fragment UsageNoticeParts on UsageNotice {
    id
    month
    departmentName
    madeAt
    readBy
    readAt
    hash
    machines
    vcpu
    memoryMib
    cpuMean
    memoryMean
    provinceCpuMean
    provinceMemoryMean
    cost
    costBefore
    openCases
    grade
    findings
    pdfUrl
    xlsxUrl
    systems { code name machines vcpu memoryMib cpuMean memoryMean cost grade }
  }
`);

export const UsageNoticeQuery = graphql(
  `
    query UsageNoticePage($id: ID!) {
      usageNotice(id: $id) { id ...UsageNoticeParts }
    }
  `,
  [UsageNoticeParts],
);

export const AcknowledgeUsageNoticeMutation = graphql(
  `
    mutation AcknowledgeUsageNotice($input: AcknowledgeUsageNoticeInput!) {
      outcome: acknowledgeUsageNotice(input: $input) {
        notice { id ...UsageNoticeParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UsageNoticeParts, UserErrorFields],
);

export const SelfEvaluationRow = graphql(`
  fragment SelfEvaluationRow on SelfEvaluation {
    id
    systemId
    systemName
    departmentName
    state
    liveSince
    dueFrom
    dueTo
    overdue
    handedInBy
    handedInAt
    pdfUrl
    xlsxUrl
  }
`);

export const SelfEvaluationListQuery = graphql(
  `
    query SelfEvaluationList($first: Int!, $after: String, $filter: SelfEvaluationFilter) {
      selfEvaluations(first: $first, after: $after, filter: $filter) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...SelfEvaluationRow }
      }
    }
  `,
  [SelfEvaluationRow],
);

export const SelfEvaluationParts = graphql(`
  fragment SelfEvaluationParts on SelfEvaluation {
    id
    systemId
    systemName
    departmentName
    state
    liveSince
    dueFrom
    dueTo
    overdue
    statement
    handedInBy
    handedInAt
    hash
    version
    pdfUrl
    xlsxUrl
    rows { indicator title target actual gap source }
  }
`);

export const SelfEvaluationQuery = graphql(
  `
    query SelfEvaluationPage($id: ID!) {
      selfEvaluation(id: $id) { id ...SelfEvaluationParts }
    }
  `,
  [SelfEvaluationParts],
);

export const HandInSelfEvaluationMutation = graphql(
  `
    mutation HandInSelfEvaluation($input: HandInSelfEvaluationInput!) {
      outcome: handInSelfEvaluation(input: $input) {
        selfEvaluation { id ...SelfEvaluationParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [SelfEvaluationParts, UserErrorFields],
);
