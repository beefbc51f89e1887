import { PlacementCheckNode } from '../allocation/allocation.types.js';
import { beyondHeldCap } from '../allocation/domain/held-cap.js';
import type { Check } from '../allocation/domain/placement-facts.js';
import { type PlannedLine, placedShare } from '../allocation/domain/request-plan.js';
import { closed } from '../gates/domain/judge.js';
import { toNodeId } from '../kernel/node-id.js';
import type { TenantScope } from '../kernel/viewer.js';
import type { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { beyondOfLine } from './beyond-quota.js';
import type { PricedPart } from './domain/line-price.js';
import { plannedFen, shareParts, shortages, sumOf } from './quotation-plan.js';
import { shownOf, toBudgetFit } from './request-funding.graphql.js';
import { toVerdict } from './request-gates.graphql.js';
import { type LinePreviewNode, LineShareNode, SharePreviewNode, type SuggestionNode } from './request-lines.graphql.js';
import type { RequestPreviewNode } from './requests.graphql.js';
import type { Preview } from './submission.service.js';
import type { RequestSuggestion } from './suggestions.service.js';

const MONTHS_A_YEAR = 12n;

/** Of what cannot be quoted. */
export const NO_PREVIEW: Omit<RequestPreviewNode, 'errors'> = {
  feasible: false,
  monthlyCost: null,
  yearlyCost: null,
  lines: [],
  quotas: [],
  addresses: null,
  budget: null,
  suggestions: [],
  gates: [],
};

/** What was planned, said in the viewer's language. */
export function toPreview(
  ctx: RequestContext,
  scope: TenantScope,
  { quotation, plan, quotas, held, budget, gates, suggestions, beyond, addresses }: Preview,
  figuresShown: boolean,
): RequestPreviewNode {
  const shut = closed(gates.verdicts);
  const ofShares = shareParts(quotation, plan);
  const fen = plannedFen(quotation, ofShares);
  const monthly = sumOf(fen);
  return {
    feasible:
      plan.feasible &&
      quotas.shortages.length === 0 &&
      held.every(({ fits }) => fits) &&
      budget.fits &&
      (budget.beyond?.fits ?? true) &&
      shut.length === 0 &&
      quotation.missingPrices.length === 0,
    monthlyCost: monthly,
    yearlyCost: monthly === null ? null : monthly * MONTHS_A_YEAR,
    lines: plan.lines.map((line) => ({
      ...toLine(ctx, line, ofShares[line.index] ?? [], fen[line.index] ?? null),
      beyondQuotaCount: beyondOfLine(beyond, line.index),
    })),
    quotas: quotas.rows.map(({ subject, ...row }) => ({ ...row, level: subject.level, subjectName: subject.name })),
    addresses: addresses && { count: addresses.count, monthlyCost: addresses.monthlyFen },
    budget: toBudgetFit(budget, scope),
    // How many would fit is a figure of the place.
    suggestions: suggestions
      .filter(({ kind }) => figuresShown || kind !== 'FEWER_MACHINES')
      .map((suggestion) => toSuggestion(ctx, suggestion)),
    gates: gates.verdicts.map((verdict) => toVerdict(ctx, verdict)),
    errors: toUserErrors(
      [
        ...shut,
        ...quotation.missingPrices,
        ...quotas.shortages,
        ...beyondHeldCap(held),
        ...shortages(plan),
        ...shownOf(budget, scope),
      ],
      ctx.locale,
    ),
  };
}

function toLine(
  ctx: RequestContext,
  line: PlannedLine,
  ofShares: readonly (readonly PricedPart[] | null)[],
  monthlyCost: bigint | null,
): Omit<LinePreviewNode, 'beyondQuotaCount'> {
  const say = (check: Check) => PlacementCheckNode.of(check, (text) => ctx.say(text));
  const shares = line.shares.map((share, at): SharePreviewNode => {
    return Object.assign(new SharePreviewNode(), LineShareNode.of(placedShare(share, ofShares[at] ?? null)), {
      feasible: share.feasible,
      checks: share.checks.map(say),
    });
  });
  return {
    index: line.index,
    feasible: line.feasible,
    shares,
    placements: shares.flatMap((share) => share.pools),
    checks: line.checks.map(say),
    monthlyCost,
  };
}

function toSuggestion(
  ctx: RequestContext,
  { kind, index, text, change: { count, centerId, vm, relations }, monthlyFen }: RequestSuggestion,
): SuggestionNode {
  const { offerId, imageId, zone = null, storageTier = null, diskGib = null } = vm ?? {};
  return {
    kind,
    lineIndex: index,
    text: ctx.say(text),
    count: count ?? null,
    centerId: centerId === undefined ? null : toNodeId('Center', centerId),
    offerId: offerId === undefined ? null : toNodeId('Offer', offerId),
    imageId: imageId === undefined ? null : toNodeId('Image', imageId),
    zone,
    storageTier,
    diskGib,
    withoutRelations: relations !== undefined,
    monthlyCost: monthlyFen,
  };
}
