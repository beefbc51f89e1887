import type { CacheExchangeOpts, UpdateResolver } from '@urql/exchange-graphcache';
import { invalidateQueries } from '../../graphql/invalidate';

const embedded = () => null;

/** Lists, sums and figures of plans; a plan itself comes with the answer. */
const PLANS = ['plans', 'plan', 'planOverview', 'planUse', 'plansOver', 'planDemand'] as const;
const plans: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, [...PLANS]);
/** Approval sets limits too. */
const plansAndQuotas: UpdateResolver = (_result, _args, cache) => invalidateQueries(cache, [...PLANS, 'quotas']);

export const plansCache = {
  keys: {
    PlanConnection: embedded,
    PlanEdge: embedded,
    PlanLineConnection: embedded,
    PlanLineEdge: embedded,
    PlanYear: embedded,
    PlanStep: embedded,
    PlanAmount: embedded,
    PlanActionAvailability: embedded,
    PlanQuotaOutlook: embedded,
    PlanQuotaChange: embedded,
    PlanOverview: embedded,
    PlanStateSum: embedded,
    PlanUse: embedded,
    PlanUseConnection: embedded,
    PlanUseEdge: embedded,
    PlanMeterUse: embedded,
    PlanDemandReport: embedded,
    PlanDemandRow: embedded,
    PlanDemandCenter: embedded,
    PlanPayload: embedded,
    PlansPayload: embedded,
    PlanYearPayload: embedded,
  },
  updates: {
    Mutation: {
      savePlanYear: (_result, _args, cache) => invalidateQueries(cache, ['planYears', ...PLANS]),
      createPlan: plans,
      savePlanLine: plans,
      removePlanLines: plans,
      reducePlanLine: plans,
      decidePlan: plansAndQuotas,
      approvePlans: plansAndQuotas,
      setPlanQuotas: plansAndQuotas,
    },
  },
} satisfies CacheExchangeOpts;
