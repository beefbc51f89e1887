import { Injectable } from '@nestjs/common';
import { AllocationService } from '../allocation/allocation.service.js';
import { sizeOf } from '../allocation/domain/capacity.js';
import type { Claim } from '../allocation/domain/claim.js';
import type { ShareName } from '../allocation/domain/dr-shares.js';
import type { Candidate, PlacementFacts, PoolFacts, Relation } from '../allocation/domain/placement-facts.js';
import { POOL_SCOPES } from '../allocation/domain/placement-facts.js';
import { relationsOf, type Standing, type Stands } from '../allocation/domain/relations.js';
import { PlacingService, type StandingFacts } from '../allocation/placing.service.js';
import { CatalogService } from '../catalog/catalog.service.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { PricingService } from '../pricing/pricing.service.js';
import { RequestsService } from '../requests/requests.service.js';
import type { RequestLineRow } from '../requests/requests.types.js';
import { type PlacementGround, PlacementGroundService } from '../resources/placement-ground.service.js';
import { ResourcesService } from '../resources/resources.service.js';
import type { ResourceRow } from '../resources/resources.types.js';
import { SystemsService } from '../systems/systems.service.js';
import { judgeRePlace, type RePlaceVerdict, rePlaceCandidates, type StuckMachine } from './domain/replace-choice.js';

/** All that a choice is judged by but the counters; read before the unit of work. */
interface PreparedRePlace {
  readonly standing: StandingFacts & PlacementGround;
  readonly protectionLevel: number;
  readonly domesticCpu: boolean;
  readonly costlierCenterIds: ReadonlySet<string>;
  readonly lines: readonly RequestLineRow[];
  /** Live machines of the same request. */
  readonly siblings: readonly ResourceRow[];
}

/** What placement reads for one machine that was granted already: the same facts as at its submit, as they are now. */
@Injectable()
export class ReplacingGround {
  constructor(
    private readonly placing: PlacingService,
    private readonly grounds: PlacementGroundService,
    private readonly allocation: AllocationService,
    private readonly systems: SystemsService,
    private readonly catalog: CatalogService,
    private readonly pricing: PricingService,
    private readonly requests: RequestsService,
    private readonly resources: ResourcesService,
  ) {}

  async prepare(machine: ResourceRow): Promise<PreparedRePlace> {
    const standing = await this.placing.standingFacts();
    const [ground, [system], [offer], [lines = []], [siblings = []]] = await Promise.all([
      this.grounds.of(standing.centers, machine.systemId),
      this.systems.systems([machine.systemId]),
      this.catalog.offers([machine.offerId ?? '']),
      this.requests.linesOf([machine.requestId]),
      this.resources.ofRequests([machine.requestId]),
    ]);
    return {
      standing: { ...standing, ...ground },
      protectionLevel: system?.protectionLevel ?? 0,
      domesticCpu: offer?.domesticCpu ?? false,
      costlierCenterIds: await this.costlier(machine, standing),
      lines,
      siblings: siblings.filter(({ id, state }) => id !== machine.id && state !== 'RELEASED'),
    };
  }

  /** How every pool compares that it could be in. */
  async candidates(machine: ResourceRow): Promise<Candidate[]> {
    const prepared = await this.prepare(machine);
    const [claim] = await this.allocation.allocatedOfMachines([machine.claimId]);
    if (!claim) return [];
    const facts = await this.facts(prepared, claim);
    return rePlaceCandidates(await this.stuck(machine, claim, prepared, facts), facts);
  }

  /** Judged in the unit of work, by the counters as they are there. null = its claim is not allocated any more. */
  async judge(
    tx: Tx,
    machine: ResourceRow,
    poolId: string,
    prepared: PreparedRePlace,
  ): Promise<{ readonly claim: Claim; readonly verdict: RePlaceVerdict } | null> {
    const [claim] = await this.allocation.allocatedOfMachines([machine.claimId], tx);
    if (!claim) return null;
    const facts = await this.facts(prepared, claim, tx);
    return { claim, verdict: judgeRePlace(await this.stuck(machine, claim, prepared, facts, tx), poolId, facts) };
  }

  /** What it holds already counts as free for it. */
  private facts({ standing }: PreparedRePlace, claim: Claim, tx?: Tx): Promise<PlacementFacts> {
    return this.placing.facts(new Set([null]), standing, { held: [claim], ...(tx ? { tx } : {}) });
  }

  private async stuck(
    machine: ResourceRow,
    claim: Claim,
    prepared: PreparedRePlace,
    facts: PlacementFacts,
    tx?: Tx,
  ): Promise<StuckMachine> {
    const { costlierCenterIds, domesticCpu, lines, protectionLevel, siblings } = prepared;
    const index = lines.findIndex(({ id }) => id === machine.lineId);
    const pools = new Map(facts.pools.map((pool) => [pool.poolId, pool]));
    const claims = await this.claimsOf(siblings, tx);
    const shareOf = ({ claimId }: ResourceRow): ShareName | undefined => claims.get(claimId)?.share;
    return {
      claimId: claim.claimId,
      poolId: claim.poolId,
      centerId: machine.centerId ?? '',
      size: sizeOf(claim),
      share: claim.share,
      demand: {
        index: Math.max(index, 0),
        share: claim.share === 'RECOVERY' ? 'RECOVERY' : 'MAIN',
        architecture: machine.architecture,
        zone: machine.zone,
        // Its image was judged when it was asked for, and goes with it.
        imageArchitecture: machine.architecture,
        imageMinimumDiskGib: 0,
        protectionLevel,
        domesticCpu,
        takesAddress: true,
        relations: relationsIn(lines, index),
      },
      twinCenterIds: new Set(
        siblings
          .filter((other) => other.lineId === machine.lineId && isTwin(claim.share, shareOf(other)))
          .flatMap(({ centerId, claimId, poolId }) => {
            const pool = pools.get(claims.get(claimId)?.poolId ?? poolId);
            return pool?.centerId ?? centerId ?? [];
          }),
      ),
      beside: besideOf(
        lines,
        siblings.filter((other) => other.lineId !== machine.lineId || shareOf(other) !== claim.share),
        { pools, claims },
      ),
      costlierCenterIds,
    };
  }

  /** Where each stands now is what its claim says: its row was read before the unit of work. */
  private async claimsOf(siblings: readonly ResourceRow[], tx?: Tx): Promise<ReadonlyMap<string, Claim>> {
    const claims = await this.allocation.allocatedOfMachines(
      siblings.map(({ claimId }) => claimId),
      tx,
    );
    return new Map(claims.map((claim) => [claim.claimId, claim]));
  }

  /** Its cost was signed: it may go only where a month costs the same today as where it is. */
  private async costlier(machine: ResourceRow, { centers }: StandingFacts): Promise<ReadonlySet<string>> {
    const { accelerators, architecture, diskGib, memoryMib, storageTier, vcpu } = machine;
    const of = (centerId: string) => ({
      ...{ architecture, vcpu, memoryMib, centerId, disk: { tier: storageTier, gib: diskGib } },
      ...(accelerators ? { accelerators } : {}),
    });
    const quotes = await this.pricing.quotes(centers.map(({ centerId }) => of(centerId)));
    const fen = new Map(
      centers.map(({ centerId }, at) => {
        const quote = quotes[at];
        return [centerId, quote?.ok ? quote.value.monthly : null];
      }),
    );
    const here = fen.get(machine.centerId ?? '') ?? machine.monthlyFen;
    return new Set([...fen].flatMap(([centerId, there]) => (there === here ? [] : [centerId])));
  }
}

function isTwin(own: ShareName, other: ShareName | undefined): boolean {
  return (own === 'MAIN_A' && other === 'MAIN_B') || (own === 'MAIN_B' && other === 'MAIN_A');
}

/** What its line and the others say of the two, by the other's index. */
function relationsIn(lines: readonly RequestLineRow[], index: number): readonly Relation[] {
  const at = new Map(lines.map(({ name }, place) => [name, place]));
  const demands = lines.map(({ relations }, place) => ({
    index: place,
    relations: (relations ?? []).flatMap(({ kind, line, scope: said }): Relation[] => {
      const [other, scope] = [at.get(line), POOL_SCOPES.find((one) => one === said)];
      return other === undefined || scope === undefined ? [] : [{ kind, index: other, scope }];
    }),
  }));
  return relationsOf(demands).get(index) ?? [];
}

/** The machine's own share moves; where the other shares of its line stand counts as much as other lines do. */
function besideOf(
  lines: readonly RequestLineRow[],
  others: readonly ResourceRow[],
  { claims, pools }: { readonly pools: ReadonlyMap<string, PoolFacts>; readonly claims: ReadonlyMap<string, Claim> },
): Standing {
  return new Map(
    lines.map(({ id }, index) => [
      index,
      others.flatMap(({ claimId, lineId, poolId }): Stands[] => {
        const claim = claims.get(claimId);
        const pool = pools.get(claim?.poolId ?? poolId);
        const share = claim?.share === 'RECOVERY' ? 'RECOVERY' : 'MAIN';
        return lineId === id && pool ? [{ pool, share }] : [];
      }),
    ]),
  );
}
