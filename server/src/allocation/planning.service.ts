import { Injectable } from '@nestjs/common';
import { SpaceService } from '../cabinets/space.service.js';
import type { PlaceWish } from '../cabinets/space.types.js';
import { type Tx, UnitOfWork } from '../platform/database/unit-of-work.js';
import { FreeServers } from '../servers/free-servers.service.js';

import { closedCenter, spaceChecks } from './domain/cabinet-placement.js';
import type { MachineSize } from './domain/capacity.js';
import type { Claim } from './domain/claim.js';
import type { ShareWish } from './domain/dr-shares.js';
import { judgeGrowth, type ResizedClaim, withGrowth } from './domain/growth-plan.js';
import type { LineVerdict, PlacementFacts } from './domain/placement-facts.js';
import {
  type ChosenShare,
  centerOrder,
  checkRefusal,
  demandsOf,
  hasShares,
  isOpenLine,
  type LineWish,
  lineOf,
  lineWithoutCenters,
  owedShare,
  type PlannedLine,
  type PlannedShare,
  pathOf,
  placedOf,
  type RequestPlan,
  type SharedDemand,
  shareOf,
} from './domain/request-plan.js';
import type { FreeServer } from './domain/server-placement.js';
import { PlacingService, type StandingFacts } from './placing.service.js';
import { atItsLine, placeWishes, SHARE_AT_PATH, serverShares } from './planned-items.js';

/** For whom it is planned, and what he has of it already. */
export interface PlanFor {
  readonly requestId: string | null;
  readonly departmentId: string;
  readonly tx?: Tx;
  /** What the request itself holds counts as free for it. */
  readonly held?: readonly Claim[];
  readonly heldPlaces?: readonly string[];
  /** What the same request takes beside what is planned. */
  readonly alsoTaken?: readonly (MachineSize & { readonly poolId: string })[];
}

/** Beyond, what finds no center as a whole is not tried line by line: each trial plans all of it. */
const TRIED_LINE_BY_LINE_MAX = 20;

/** Where every share of every line would go now: preview, submit and the simulator ask here, and nothing is taken. */
@Injectable()
export class PlanningService {
  constructor(
    private readonly placing: PlacingService,
    private readonly freeServers: FreeServers,
    private readonly space: SpaceService,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async plan(wishes: readonly LineWish[], standing: StandingFacts, asker: PlanFor): Promise<RequestPlan> {
    const { tx } = asker;
    // Cabinets are looked at as they are at one moment, which needs a transaction; it writes nothing.
    if (tx === undefined && wishes.some((wish) => wish.thing.kind === 'CABINET'))
      return this.unitOfWork.run((reading) => this.plan(wishes, standing, { ...asker, tx: reading }));
    const centerIds = standing.centers.map((center) => center.centerId);
    const [facts, servers] = [
      await this.placing.facts(new Set([null]), standing, asker),
      wishes.some((wish) => wish.thing.kind === 'SERVER')
        ? await this.freeServers.in(centerIds, asker.requestId, tx)
        : [],
    ];
    const inCenters = (centerOf: (line: number) => string | null) =>
      this.planIn(wishes, centerOf, facts, servers, asker);
    const open = wishes.filter(isOpenLine);
    const first = open[0];
    if (!first || !hasShares(first)) return inCenters(() => null);
    const candidates = centerOrder(wishes, first.shares.find((s) => s.share === 'MAIN')?.centerIds ?? [], facts.pools);
    return this.bestOf(
      open.map((wish) => wish.index),
      candidates,
      inCenters,
    );
  }

  /** What stays grows where it is; what is missing of its shares is placed beside that. */
  async planChange(
    wishes: readonly LineWish[],
    resized: readonly ResizedClaim[],
    standing: StandingFacts,
    asker: PlanFor,
  ): Promise<RequestPlan> {
    const facts = await this.placing.facts(new Set([null]), standing, asker);
    const alsoTaken = resized.map(({ poolId, grows, size: { storageTier } }) => ({ ...grows, storageTier, poolId }));
    const plan = await this.plan(wishes, standing, { ...asker, alsoTaken });
    return withGrowth(plan, judgeGrowth(resized, facts));
  }

  /** D2: all lines without a center together where that fits; else line by line; else as the first center refuses it. */
  private async bestOf(
    open: readonly number[],
    candidates: readonly string[],
    inCenters: (centerOf: (line: number) => string | null) => Promise<RequestPlan>,
  ): Promise<RequestPlan> {
    let refused: RequestPlan | undefined;
    for (const centerId of candidates) {
      const plan = await inCenters(() => centerId);
      if (plan.feasible) return plan;
      refused ??= plan;
    }
    const [firstCenter] = candidates;
    if (!refused || firstCenter === undefined) throw new Error('a line without a center has candidates');
    if (open.length === 1 || open.length > TRIED_LINE_BY_LINE_MAX) return refused;
    const chosen = new Map(open.map((line) => [line, firstCenter]));
    for (const line of open)
      for (const centerId of candidates) {
        const plan = await inCenters((other) => (other === line ? centerId : (chosen.get(other) ?? null)));
        if (plan.feasible) return plan;
        if (plan.lines[line]?.feasible) {
          chosen.set(line, centerId);
          break;
        }
      }
    return refused;
  }

  private async planIn(
    wishes: readonly LineWish[],
    centerOf: (line: number) => string | null,
    facts: PlacementFacts,
    servers: readonly FreeServer[],
    asker: PlanFor,
  ): Promise<RequestPlan> {
    const chosen = wishes.map((wish) =>
      hasShares(wish) ? wish.shares.map((share) => choose(share, centerOf(wish.index))) : [],
    );
    const demands: SharedDemand[] = [];
    for (const [at, wish] of wishes.entries()) demands.push(...demandsOf(wish, chosen[at] as ChosenShare[]));
    const placement = this.placing.placeAll(
      demands.map((one) => one.demand),
      facts,
    );
    const verdicts = Map.groupBy(
      demands.map((one, at) => ({ ...one, verdict: placement.lines[at] as LineVerdict })),
      (one) => `${one.line}/${one.share}`,
    );
    const ofServers = serverShares(wishes, chosen, facts, servers);
    const ofCabinets = await this.cabinetShares(wishes, chosen, facts, asker);
    const lines = wishes.map((wish, at): PlannedLine => {
      if (!hasShares(wish)) return lineWithoutCenters(wish.index, wish.shares as never);
      const shares = (chosen[at] as ChosenShare[]).map((share, n): PlannedShare => {
        const key = `${wish.index}/${n}`;
        if (share.owed) return owedShare(share);
        const other = ofServers.get(key) ?? ofCabinets.get(key);
        if (other) return other;
        return shareOf(share, verdicts.get(key) ?? [], pathOf(wish.index));
      });
      return lineOf(wish.index, shares);
    });
    return { feasible: lines.every((line) => line.feasible), lines };
  }

  private async cabinetShares(
    wishes: readonly LineWish[],
    chosen: readonly (readonly ChosenShare[])[],
    facts: PlacementFacts,
    asker: PlanFor,
  ): Promise<Map<string, PlannedShare>> {
    const planned = new Map<string, PlannedShare>();
    const asked: { key: string; share: ChosenShare; wishes: PlaceWish[]; checks: PlannedShare['checks'] }[] = [];
    for (const [at, wish] of wishes.entries())
      for (const [n, share] of (chosen[at] ?? []).entries()) {
        if (wish.thing.kind !== 'CABINET' || share.owed || share.centerId === null) continue;
        const key = `${wish.index}/${n}`;
        const center = closedCenter(share.centerId, share.share === 'RECOVERY' ? 'RECOVERY' : 'MAIN', facts.centers);
        if (!center.passed) {
          const failed = center.checks.at(-1);
          const refusal = failed ? checkRefusal(failed, pathOf(wish.index)) : null;
          planned.set(key, { ...placedOf(share), feasible: false, checks: center.checks, refusal });
          continue;
        }
        asked.push({ key, share, checks: center.checks, wishes: placeWishes(wish, wish.thing, share, asker, key) });
      }
    const { tx } = asker;
    if (asked.length === 0 || tx === undefined) return planned;
    const refused = Map.groupBy(
      await this.space.objections(
        tx,
        asked.flatMap((one) => one.wishes),
        asker.heldPlaces ?? [],
      ),
      (refusal) => refusal.path[SHARE_AT_PATH] ?? '',
    );
    for (const { key, share, checks } of asked) {
      const refusals = refused.get(key) ?? [];
      const [first] = refusals;
      planned.set(key, {
        ...placedOf(share),
        feasible: first === undefined,
        checks: [...checks, ...spaceChecks(refusals)],
        refusal: first ? atItsLine(first) : null,
      });
    }
    return planned;
  }
}

function choose(share: ShareWish, preferred: string | null): ChosenShare {
  const wanted = share.share === 'MAIN' && preferred !== null && share.centerIds.includes(preferred);
  return { ...share, centerId: wanted ? preferred : (share.centerIds[0] ?? null) };
}
