import { Injectable } from '@nestjs/common';
import { HolderZones } from '../cabinets/holder-zones.service.js';
import { SpaceService } from '../cabinets/space.service.js';
import type { PlaceWish } from '../cabinets/space.types.js';
import { MachineAddresses } from '../networks/machine-addresses.service.js';
import { type Tx, UnitOfWork } from '../platform/database/unit-of-work.js';
import { type FreeServerRow, FreeServers } from '../servers/free-servers.service.js';
import { closedCenter, spaceChecks } from './domain/cabinet-placement.js';
import type { ShareWish } from './domain/dr-shares.js';
import { judgeGrowth, type ResizedClaim, withGrowth } from './domain/growth-plan.js';
import type { LineVerdict, PlacementFacts } from './domain/placement-facts.js';
import {
  type ChosenShare,
  centerOrder,
  checkRefusal,
  demandsOf,
  hasShares,
  isOpen,
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
import { zoneOf } from './domain/scores.js';
import type { FreeServer } from './domain/server-placement.js';
import { nearestFirst, onlyIn, openLines, saidTogether } from './domain/together.js';
import { PlacingService, type StandingFacts } from './placing.service.js';
import { addressesLeft, atItsLine, placeWishes, SHARE_AT_PATH, serverShares } from './planned-items.js';
import type { PlanFor } from './planning.types.js';

/** What one look at the place found; every trial is planned on it. */
interface PlanGround {
  readonly facts: PlacementFacts;
  readonly servers: readonly FreeServer[];
  readonly asker: PlanFor;
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
    private readonly zones: HolderZones,
    private readonly addresses: MachineAddresses,
  ) {}

  async plan(wishes: readonly LineWish[], standing: StandingFacts, asker: PlanFor): Promise<RequestPlan> {
    const { tx } = asker;
    // Cabinets are looked at as they are at one moment, which needs a transaction; it writes nothing.
    if (tx === undefined && wishes.some((wish) => wish.thing.kind === 'CABINET'))
      return this.unitOfWork.run((reading) => this.plan(wishes, standing, { ...asker, tx: reading }));
    const centerIds = standing.centers.map((center) => center.centerId);
    const facts = await this.placing.facts(new Set([null]), standing, asker);
    const servers = wishes.some((wish) => wish.thing.kind === 'SERVER')
      ? await this.withZones(await this.freeServers.in(centerIds, asker.requestId, tx), facts, tx)
      : [];
    const ground = { facts, servers, asker };
    const inCenters = (centerOf: (line: number) => string | null) => this.planIn(wishes, centerOf, ground);
    const together = openLines(wishes);
    const candidates = centerOrder(wishes, openCenters(wishes), facts.pools);
    if (together.length > 1)
      for (const centerId of nearestFirst(candidates, facts.ownMachines)) {
        const plan = await this.planIn(wishes, () => centerId, ground, centerId);
        if (plan.feasible) return saidTogether(plan, together, facts.centers);
      }
    const open = wishes.filter(isOpenLine).map((wish) => wish.index);
    const plan = open.length === 0 ? await inCenters(() => null) : await this.bestOf(open, candidates, inCenters);
    return saidTogether(plan, together, facts.centers);
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
    { facts, servers, asker }: PlanGround,
    /** The only one for lines that name none. */
    centerId: string | null = null,
  ): Promise<RequestPlan> {
    const chosen = wishes.map((wish) =>
      hasShares(wish)
        ? wish.shares
            .map((share) => choose(share, centerOf(wish.index)))
            .map((share) => (centerId === null ? share : onlyIn(share, centerId)))
        : [],
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
    const ofServers = serverShares(wishes, chosen, facts, servers, addressesLeft(facts, demands, placement));
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

  /** Servers answer in the zone of their cabinet; who has an address keeps it. Asked only where networks are kept. */
  private async withZones(
    servers: readonly FreeServerRow[],
    { addressRooms = [] }: PlacementFacts,
    tx?: Tx,
  ): Promise<FreeServer[]> {
    if (addressRooms.length === 0 || servers.length === 0) return [...servers];
    const holders = servers.flatMap(({ holderId }) => holderId ?? []);
    const zones = await this.zones.of(holders, tx);
    const having = await this.addresses.having(
      servers.map(({ id }) => id),
      tx,
    );
    return servers.map((server) => {
      const zone = zones.get(server.holderId ?? '');
      return { ...server, addressZone: zone && !having.has(server.id) ? zoneOf(zone) : null };
    });
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
    for (const { key, share, checks, wishes: wishesOfShare } of asked) {
      const refusals = refused.get(key) ?? [];
      const [first] = refusals;
      planned.set(key, {
        ...placedOf(share),
        feasible: first === undefined,
        checks: [
          ...checks,
          ...spaceChecks(
            refusals,
            wishesOfShare.some(({ apart }) => apart !== undefined),
          ),
        ],
        refusal: first ? atItsLine(first) : null,
      });
    }
    return planned;
  }
}

/** Centers that any line without one may go to. */
function openCenters(wishes: readonly LineWish[]): string[] {
  const open = wishes.filter(hasShares).flatMap((wish) => wish.shares.filter(isOpen));
  return [...new Set(open.flatMap(({ centerIds }) => centerIds))];
}

function choose(share: ShareWish, preferred: string | null): ChosenShare {
  const wanted = share.share === 'MAIN' && preferred !== null && share.centerIds.includes(preferred);
  return { ...share, centerId: wanted ? preferred : (share.centerIds[0] ?? null) };
}
