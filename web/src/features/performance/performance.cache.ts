import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;
const rules: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, ['performanceEditions']);
const grades: UpdateResolver = (_result, _args, cache) =>
  invalidateQueries(cache, ['performanceRuns', 'performanceEvaluations', 'performanceEvaluation']);
const readings: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, ['systemAvailability']);
const notices: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, ['usageNotices']);
const tasks: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, ['selfEvaluations']);

export const performanceCache = {
  keys: {
    PerformanceEvaluationPage: embedded,
    PerformanceEvaluationEdge: embedded,
    PerformanceGradeCount: embedded,
    PerformanceMark: embedded,
    PerformanceFigure: embedded,
    PerformanceConsequence: embedded,
    PerformanceRunConnection: embedded,
    PerformanceRunEdge: embedded,
    PerformanceRunPayload: embedded,
    PerformanceEvaluationPayload: embedded,
    PerformanceRule: embedded,
    PerformanceIndicatorRule: embedded,
    PerformanceBand: embedded,
    PerformanceEditionPayload: embedded,
    RecordAvailabilityPayload: embedded,
    PerformanceRegrade: embedded,
    SystemAvailability: embedded,
    SystemAvailabilityPage: embedded,
    SystemAvailabilityEdge: embedded,
    AvailabilityReading: embedded,
    AvailabilityProposal: embedded,
    UsageNoticeConnection: embedded,
    UsageNoticeEdge: embedded,
    UsageNoticeSystem: embedded,
    UsageNoticePayload: embedded,
    SelfEvaluationConnection: embedded,
    SelfEvaluationEdge: embedded,
    SelfEvaluationRow: embedded,
    SelfEvaluationPayload: embedded,
  },
  updates: {
    Mutation: {
      beginPerformanceDraft: rules,
      savePerformanceDraft: rules,
      discardPerformanceDraft: rules,
      publishPerformanceEdition: rules,
      beginPerformanceRun: grades,
      decidePerformanceRun: grades,
      recordAvailability: readings,
      appealGrade: grades,
      withdrawAppeal: grades,
      answerAppeal: grades,
      acknowledgeUsageNotice: notices,
      handInSelfEvaluation: tasks,
    },
  },
} satisfies CacheExchangeOpts;
