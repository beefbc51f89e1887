import { Injectable } from '@nestjs/common';
import { acceleratorMeter } from '../facilities/domain/pool-meters.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { Counters } from '../platform/counters/counters.js';
import { newId } from '../platform/database/ids.js';
import { type Tx, WriteConflict } from '../platform/database/unit-of-work.js';
import { quotaDeltas, type Taker } from '../quotas/domain/quota.js';
import { AllocationRepository } from './allocation.repository.js';
import type { HeldPiece, HoldOutcome, PoolLimits } from './allocation.types.js';
import { NOTHING } from './domain/capacity.js';
import type { Claim, PastClaim } from './domain/claim.js';
import { poolDeltas, quotaTaker } from './domain/deltas.js';

/** Whoever takes and gives back quotas in the same act and holds no capacity of a pool. */
interface Others {
  readonly taken: readonly Taker[];
  readonly givenBack: readonly Taker[];
}

const NO_OTHERS: Others = { taken: [], givenBack: [] };

@Injectable()
export class AllocationService {
  constructor(
    private readonly repository: AllocationRepository,
    private readonly counters: Counters,
    private readonly facilities: FacilitiesService,
  ) {}

  /** Opens the counters of a new pool with what may be promised of it at most. */
  async openPool(tx: Tx, limits: PoolLimits): Promise<void> {
    await this.counters.open(tx, 'POOL', limits.poolId, {
      ...NOTHING,
      VCPU: limits.vcpu,
      MEMORY_MIB: limits.memoryMib,
      STORAGE_GIB_SSD: limits.storage.SSD,
      STORAGE_GIB_HDD: limits.storage.HDD,
      ...Object.fromEntries(
        Object.entries(limits.accelerators ?? {}).map(([name, count]) => [acceleratorMeter(name), count]),
      ),
    });
  }

  /** What a request holds now, inside a transaction or, for a preview, outside. */
  async heldOf(requestId: string, tx?: Tx): Promise<Claim[]> {
    return tx ? this.repository.claimsOf(tx, { requestId, state: 'HELD' }) : this.repository.heldOf(requestId);
  }

  /**
   * Writes one claim a machine for the places of a feasible plan, gives back what the request held before, and leaves
   * the counters to `takeLast`, the last statements before commit. That throws WriteConflict when another took the place
   * since the plan was made: the whole unit of work then runs again on fresh facts.
   */
  async hold(
    tx: Tx,
    request: {
      readonly requestId: string;
      readonly departmentId: string;
      readonly expiresAt: Date;
      /** Every claim takes these quotas, unless it goes beyond them; the caller has seen that they have room. */
      readonly quotaIds: readonly string[];
    },
    pieces: readonly HeldPiece[],
    before: readonly Claim[],
    /** What is no machine takes and gives back in the same act. */
    others: Others = NO_OTHERS,
  ): Promise<HoldOutcome> {
    const claims: Claim[] = pieces.flatMap(
      ({ lineId, share, standing, size, poolId, count, grows, beyondQuota = false }) =>
        Array.from({ length: count }, () => ({
          ...size,
          claimId: newId(tx.now.getTime()),
          requestId: request.requestId,
          lineId,
          poolId,
          share,
          standing,
          departmentId: request.departmentId,
          quotaIds: grows?.quotaIds ?? (beyondQuota ? [] : request.quotaIds),
          beyondQuota,
          growsClaimId: grows?.claimId ?? null,
        })),
    );
    const givenBack =
      before.length > 0
        ? await this.repository.markReleased(
            tx,
            before.map((c) => c.claimId),
          )
        : [];
    await this.repository.insertHolds(tx, claims, request.expiresAt);
    return { claims, takeLast: () => this.moveLast(tx, claims, givenBack, others) };
  }

  /** HELD → ALLOCATED. Counters count both alike, so none moves. Gives the claims for the resources to be made. */
  async allocate(tx: Tx, requestId: string): Promise<Claim[]> {
    const claims = await this.repository.claimsOf(tx, { requestId, state: 'HELD' });
    await this.repository.markAllocated(tx, requestId);
    return claims;
  }

  /**
   * Takes over claims that began before this console knew of them, each with its life so far. `takeLast` moves the
   * counters by those that still live, as `hold` does, together with what `others` take of quotas in the same act. Pools
   * that stand in no center promise nothing and have no counters: what is in them takes quotas only.
   */
  async takeOver(
    tx: Tx,
    claims: readonly PastClaim[],
    { others = [], poolsNowhere = new Set() }: { others?: readonly Taker[]; poolsNowhere?: ReadonlySet<string> } = {},
  ): Promise<{ takeLast: () => Promise<void> }> {
    await this.repository.insert(tx, claims);
    const live = claims.filter((claim) => claim.state !== 'RELEASED');
    const [counted, nowhere] = [
      live.filter((claim) => !poolsNowhere.has(claim.poolId)),
      live.filter((claim) => poolsNowhere.has(claim.poolId)),
    ];
    return {
      takeLast: () => this.moveLast(tx, counted, [], { taken: [...nowhere.map(quotaTaker), ...others], givenBack: [] }),
    };
  }

  async setExpiry(tx: Tx, requestId: string, expiresAt: Date): Promise<void> {
    await this.repository.setExpiry(tx, requestId, expiresAt);
  }

  /** Gives back what a request still holds, with what `others` had of quotas. `giveBackLast` moves the counters. */
  async releaseHeld(
    tx: Tx,
    requestId: string,
    others: readonly Taker[] = [],
  ): Promise<{ giveBackLast: () => Promise<void> }> {
    const held = await this.repository.claimsOf(tx, { requestId, state: 'HELD' });
    const released =
      held.length > 0
        ? await this.repository.markReleased(
            tx,
            held.map((c) => c.claimId),
          )
        : [];
    return { giveBackLast: () => this.moveLast(tx, [], released, { taken: [], givenBack: others }) };
  }

  /** These, as they stand in this unit of work. */
  claimsOf(tx: Tx, claimIds: readonly string[]): Promise<Claim[]> {
    return this.repository.byIds(tx, claimIds);
  }

  /** Claims of storage without a machine that lines have beyond so many. */
  async surplusData(tx: Tx, requestId: string, machinesOf: ReadonlyMap<string, number>): Promise<string[]> {
    const claims = await this.repository.claimsOf(tx, { requestId, state: 'ALLOCATED' });
    const data = Map.groupBy(
      claims.filter((claim) => claim.standing === 'DATA').toSorted((a, b) => (a.claimId < b.claimId ? -1 : 1)),
      (claim) => claim.lineId,
    );
    return [...data].flatMap(([lineId, own]) => own.slice(machinesOf.get(lineId) ?? 0).map((claim) => claim.claimId));
  }

  /**
   * Returns the capacity of claims exactly once, however often it is called, with that of machines which became smaller
   * (ClaimResizes.shrink). For the worker, as its last write.
   */
  async release(tx: Tx, claimIds: readonly string[], shrunk: readonly Claim[] = []): Promise<void> {
    const released = claimIds.length > 0 ? await this.repository.markReleased(tx, claimIds) : [];
    await tx.writeChanges();
    await this.moveLast(tx, [], [...released, ...shrunk]);
  }

  /** Of these claims those that machines have, in the order of their ids. */
  async allocatedOfMachines(claimIds: readonly string[], tx?: Tx): Promise<Claim[]> {
    return claimIds.length === 0 ? [] : this.repository.allocated(claimIds, tx);
  }

  /** What machines of these lines have been given. */
  allocatedOfLines(lineIds: readonly string[], tx?: Tx): Promise<Claim[]> {
    return this.repository.allocatedOfLines(lineIds, tx);
  }

  /** Shares of these lines, or of all, that keep data alone, in the recovery center; callers have been let see the lines. */
  dataSharesOfLines(lineIds: readonly string[] | null): Promise<ReadonlyMap<string, number>> {
    return this.repository.dataSharesOfLines(lineIds);
  }

  /** Lines that were granted more than one share: a twin, or something in the recovery center. */
  linesWithShares(): Promise<string[]> {
    return this.repository.linesWithShares();
  }

  /** The same for claims on pools that stand in no center: only quotas get something back. */
  async releaseNowhere(tx: Tx, claimIds: readonly string[]): Promise<void> {
    const released = await this.repository.markReleased(tx, claimIds);
    await tx.writeChanges();
    if (!(await this.counters.moveAll(tx, quotaDeltas([], released.map(quotaTaker)))))
      throw new WriteConflict('a quota has less live than is given back');
  }

  /** Every live claim of one pool, for whoever wants to know what would be in the way. */
  liveClaims(poolId: string): ReturnType<AllocationRepository['liveOf']> {
    return this.repository.liveOf(poolId);
  }

  /** Live claims of all pools of a center. */
  async claimsInCenter(tx: Tx, centerId: string): Promise<number> {
    const pools = await this.facilities.poolsOfCenter(centerId, tx);
    return this.repository.countLive(
      tx,
      pools.map((pool) => pool.id),
    );
  }

  private async moveLast(
    tx: Tx,
    taken: readonly Claim[],
    givenBack: readonly Claim[],
    others: Others = NO_OTHERS,
  ): Promise<void> {
    const fits = await this.counters.moveAll(tx, [
      ...quotaDeltas([...taken.map(quotaTaker), ...others.taken], [...givenBack.map(quotaTaker), ...others.givenBack]),
      ...poolDeltas(taken, givenBack),
    ]);
    if (!fits) throw new WriteConflict('a pool or quota no longer has what was planned');
  }
}
