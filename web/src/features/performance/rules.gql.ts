import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const PerformanceEditionParts = graphql(
  `
    fragment PerformanceEditionParts on PerformanceEdition {
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
      rule {
        indicators { indicator weight bands { bound marks } missingMarks fromLevel zeroCaps }
        excellentFrom
        goodFrom
        fairFrom
        leastEvidencePercent
        level2Days
        level3Days
        cryptoDays
        availabilityTarget
        appealWorkingDays
        poorOpensCases
        excellentQuotaPercent
        selfEvaluationFromMonths
        selfEvaluationToMonths
      }
    }
  `,
  [UserErrorFields],
);

export const PerformanceRulesQuery = graphql(
  `
    query PerformanceRules {
      performanceEditions { id ...PerformanceEditionParts }
    }
  `,
  [PerformanceEditionParts],
);

export const BeginPerformanceDraftMutation = graphql(
  `
    mutation BeginPerformanceDraft($input: BeginPerformanceDraftInput!) {
      outcome: beginPerformanceDraft(input: $input) {
        edition { id ...PerformanceEditionParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [PerformanceEditionParts, UserErrorFields],
);

export const SavePerformanceDraftMutation = graphql(
  `
    mutation SavePerformanceDraft($input: SavePerformanceDraftInput!) {
      outcome: savePerformanceDraft(input: $input) {
        edition { id ...PerformanceEditionParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [PerformanceEditionParts, UserErrorFields],
);

export const DiscardPerformanceDraftMutation = graphql(
  `
    mutation DiscardPerformanceDraft($input: PerformanceEditionActInput!) {
      outcome: discardPerformanceDraft(input: $input) {
        edition { id }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const PublishPerformanceEditionMutation = graphql(
  `
    mutation PublishPerformanceEdition($input: PerformanceEditionActInput!) {
      outcome: publishPerformanceEdition(input: $input) {
        edition { id ...PerformanceEditionParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [PerformanceEditionParts, UserErrorFields],
);
