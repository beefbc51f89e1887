import { Injectable } from '@nestjs/common';
import { AllocationService } from '../allocation/allocation.service.js';
import type { LineDemand } from '../allocation/domain/placement-facts.js';
import { demandsOf, hasShares, type LineWish, type RequestPlan } from '../allocation/domain/request-plan.js';
import { LINES_HELPED_MAX, type RefusedLine, suggest, type Variation } from '../allocation/domain/suggestions.js';
import { PlacingService } from '../allocation/placing.service.js';
import type { Bilingual } from '../kernel/bilingual.js';
import { type QuotaFit, sumAmounts } from '../quotas/domain/quota.js';
import { changed, fewerMachines, type LineChange, type LineVariation, variationsOf } from './domain/line-variations.js';
import { quoteLine } from './line-quotes.js';
import type { Quotation, QuotedLine } from './quotation.service.js';
import { askedOf, sumOf, wishesOf } from './quotation-plan.js';

export interface RequestSuggestion {
  readonly kind: LineVariation['kind'];
  readonly index: number;
  readonly text: Bilingual;
  readonly change: LineChange;
  /** Of the whole request a month then. */
  readonly monthlyFen: bigint | null;
}

interface Told {
  readonly variation: LineVariation;
  readonly quoted: QuotedLine;
}

/** What would make a request fit that does not: computed by asking the same placement with one thing changed. */
@Injectable()
export class SuggestionsService {
  constructor(
    private readonly placing: PlacingService,
    private readonly allocation: AllocationService,
  ) {}

  async of(
    quotation: Quotation,
    plan: RequestPlan,
    quotas: QuotaFit,
    requestId: string | null,
  ): Promise<RequestSuggestion[]> {
    // What is there cannot be put elsewhere: of a change its wisher says himself what less would do.
    if (quotation.lines.some(({ change, serviceChange, thingsChange }) => change || serviceChange || thingsChange))
      return [];
    const wrong = new Set(plan.lines.flatMap(({ index, feasible }) => (feasible ? [] : [index])));
    // Where only a quota is short, less of any line may help; the biggest lines first.
    const asked = wrong.size > 0 ? [...wrong] : quotas.shortages.length > 0 ? bySize(quotation) : [];
    const refused = asked.slice(0, LINES_HELPED_MAX).flatMap((index) => this.refusedLine(quotation, index) ?? []);
    if (refused.length === 0) return [];
    const held = requestId === null ? [] : await this.allocation.heldOf(requestId);
    const standing = { ...quotation.standing, ...quotation.ground };
    const facts = await this.placing.facts(new Set([null]), standing, { held });
    const lines = wishesOf(quotation).map(demandsOfWish);
    const found = suggest(lines, facts, refused, wrong, (index, { change }) =>
      fitsQuotas(quotas, withLine(quotation, index, change.quoted)),
    );
    return found.map(({ kind, index, change: { variation, quoted } }) => ({
      kind,
      index,
      text: variation.text,
      change: variation.change,
      monthlyFen: sumOf(withLine(quotation, index, quoted).lines.map((line) => line.monthlyFen)),
    }));
  }

  /** null = nothing is known to try: the line is none of machines. */
  private refusedLine(quotation: Quotation, index: number): RefusedLine<Told> | null {
    const line = quotation.lines[index];
    if (line?.thing.kind !== 'VM' || line.content.vm === null) return null;
    const { vm } = line.content;
    const { wares } = quotation;
    const told = (variation: LineVariation): Variation<Told> | null => {
      const quoted = quoteLine(
        changed(line.content, variation.change),
        index,
        wares,
        quotation.system,
        quotation.departmentIds,
      );
      if (!quoted.ok || quoted.value.missingPrice !== null) return null;
      const wish = wishesOf({ ...quotation, lines: withLine(quotation, index, quoted.value).lines })[index];
      return {
        kind: variation.kind,
        change: { variation, quoted: quoted.value },
        demands: wish ? demandsOfWish(wish) : [],
      };
    };
    const unchanged: Variation<Told> = {
      kind: 'FEWER_MACHINES',
      change: { variation: fewerMachines(line.content.count), quoted: line },
      demands: demandsOfWish(wishesOf(quotation)[index] as LineWish),
    };
    return {
      index,
      count: line.content.count,
      // What cannot be quoted changes nothing, and so helps nothing.
      fewer: (count) => told(fewerMachines(count)) ?? unchanged,
      variations: variationsOf({ ...line.content, vm }, line.localMode === 'DUAL_ACTIVE', {
        offers: [...wares.offers.values()],
        images: [...wares.images.values()],
        centers: wares.standing.centers,
      }).flatMap((variation) => told(variation) ?? []),
    };
  }
}

function bySize({ lines }: Quotation): number[] {
  const size = (line: QuotedLine): number =>
    line.thing.kind === 'VM' ? line.thing.offer.vcpu * line.content.count : 0;
  return lines
    .map((line, index) => ({ index, size: size(line) }))
    .toSorted((a, b) => b.size - a.size || a.index - b.index)
    .map(({ index }) => index);
}

function withLine(quotation: Quotation, index: number, line: QuotedLine): Quotation {
  return { ...quotation, lines: quotation.lines.map((other, at) => (at === index ? line : other)) };
}

/** Where a share may choose, placement chooses. */
function demandsOfWish(wish: LineWish): LineDemand[] {
  if (!hasShares(wish)) return [];
  const chosen = wish.shares.map((share) => ({ ...share, centerId: share.centerIds[0] ?? null }));
  return demandsOf(wish, chosen).map(({ demand }) => demand);
}

function fitsQuotas({ rows }: QuotaFit, quotation: Quotation): boolean {
  const asked = sumAmounts([askedOf(quotation)]);
  return rows.every(({ meter, left }) => asked[meter] <= left);
}
