import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const GradeRow = graphql(`
  fragment GradeRow on PerformanceEvaluation {
    id
    code
    kind
    subjectName
    departmentName
    period
    grade
    points
    evidencePercent
    version
    publishedAt
    machines
  }
`);

export const GradeListQuery = graphql(
  `
    query GradeList($first: Int!, $after: String, $filter: PerformanceFilter) {
      performanceEvaluations(first: $first, after: $after, filter: $filter) {
        totalCount
        pageInfo { hasNextPage endCursor }
        counts { grade count }
        nodes { id ...GradeRow }
      }
    }
  `,
  [GradeRow],
);

export const RunParts = graphql(`
  fragment RunParts on PerformanceRun {
    id
    code
    period
    state
    version
    subjects
    editionNumber
    preparedBy
    preparedAt
    decidedBy
    decidedAt
    opinion
    mine
  }
`);

export const RunListQuery = graphql(
  `
    query RunList {
      performanceRuns(first: 12) { nodes { id ...RunParts } }
    }
  `,
  [RunParts],
);

export const GradeHead = graphql(`
  fragment GradeHead on PerformanceEvaluation {
    id
    code
    kind
    subjectName
    subjectCode
    subjectId
    departmentName
    systems
    machines
    period
    from
    to
    asOf
    editionNumber
    version
    newest
    grade
    points
    evidencePercent
    hash
    verified
    publishedAt
    appealDueAt
    settled
    reasons
    run { id code preparedBy decidedBy decidedAt }
    regraded { by at }
  }
`);

export const GradeMarks = graphql(`
  fragment GradeMarks on PerformanceEvaluation {
    id
    marks { indicator weight applies missing value marks source figures { label value } }
  }
`);

export const GradeAppeals = graphql(
  `
    fragment GradeAppeals on PerformanceEvaluation {
      id
      code
      appealDueAt
      appealObjection { ...UserErrorFields }
      appeals { id state version reason raisedBy raisedAt answer answeredBy answeredAt files { id name url } }
      marks { indicator applies value }
    }
  `,
  [UserErrorFields],
);

export const GradeHistory = graphql(`
  fragment GradeHistory on PerformanceEvaluation {
    id
    consequences { kind label caseId at }
    settled
    history { id code period version grade points newest }
  }
`);

export const GradePageQuery = graphql(
  `
    query GradePage($id: ID!) {
      performanceEvaluation(id: $id) { id ...GradeHead ...GradeMarks ...GradeAppeals ...GradeHistory }
    }
  `,
  [GradeHead, GradeMarks, GradeAppeals, GradeHistory],
);

export const BeginRunMutation = graphql(
  `
    mutation BeginPerformanceRun($input: BeginPerformanceRunInput!) {
      outcome: beginPerformanceRun(input: $input) {
        run { id ...RunParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [RunParts, UserErrorFields],
);

export const DecideRunMutation = graphql(
  `
    mutation DecidePerformanceRun($input: DecidePerformanceRunInput!) {
      outcome: decidePerformanceRun(input: $input) {
        run { id ...RunParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [RunParts, UserErrorFields],
);

export const AppealGradeMutation = graphql(
  `
    mutation AppealGrade($input: AppealGradeInput!) {
      outcome: appealGrade(input: $input) {
        evaluation { id ...GradeAppeals }
        errors { ...UserErrorFields }
      }
    }
  `,
  [GradeAppeals, UserErrorFields],
);

export const WithdrawAppealMutation = graphql(
  `
    mutation WithdrawAppeal($input: WithdrawAppealInput!) {
      outcome: withdrawAppeal(input: $input) {
        evaluation { id ...GradeAppeals }
        errors { ...UserErrorFields }
      }
    }
  `,
  [GradeAppeals, UserErrorFields],
);

export const AnswerAppealMutation = graphql(
  `
    mutation AnswerAppeal($input: AnswerAppealInput!) {
      outcome: answerAppeal(input: $input) {
        evaluation { id version }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);
