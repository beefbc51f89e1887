import { Injectable } from '@nestjs/common';
import { SpaceSights } from '../cabinets/space-sights.service.js';
import { takesPromises } from '../facilities/domain/center-life.js';
import { type AnyPoolMeter, acceleratorOf } from '../facilities/domain/pool-meters.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { MachineAddresses } from '../networks/machine-addresses.service.js';
import { Counters } from '../platform/counters/counters.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { sumAmounts } from '../quotas/domain/quota.js';
import { QuotaTakings } from '../quotas/quota-takings.service.js';
import { QuotasService } from '../quotas/quotas.service.js';
import { FreeServers } from '../servers/free-servers.service.js';
import { AllocationRepository } from './allocation.repository.js';
import type { Claim } from './domain/claim.js';
import {
  beyondHeldCap,
  type HeldAmounts,
  type HeldRow,
  heldCap,
  heldOf,
  heldRows,
  NOTHING_HELD,
  type SomeHeld,
  sumHeld,
  thingsHeld,
} from './domain/held-cap.js';
import type { LineKind } from './domain/line-kind.js';
import { type ItemClaim, ItemRecord } from './item-record.service.js';
import type { StandingFacts } from './placing.service.js';

interface Holder {
  readonly requestId: string | null;
  readonly departmentId: string;
}

/** Sees to it that no department blocks the place by holds alone: what it holds at once is capped (P22). */
@Injectable()
export class HeldCaps {
  constructor(
    private readonly repository: AllocationRepository,
    private readonly record: ItemRecord,
    private readonly takings: QuotaTakings,
    private readonly counters: Counters,
    private readonly quotas: QuotasService,
    private readonly servers: FreeServers,
    private readonly sights: SpaceSights,
    private readonly addresses: MachineAddresses,
  ) {}

  /**
   * Before the unit of work: what a place has in all hardly changes. `sharePercent` is the rule in force; null = not
   * capped. Of kinds that are not asked for nothing is looked up.
   */
  async cap(
    { centers, pools }: StandingFacts,
    sharePercent: number,
    kinds: ReadonlySet<LineKind>,
  ): Promise<HeldAmounts | null> {
    if (heldCap(NOTHING_HELD, sharePercent) === null) return null;
    const open = new Set(centers.filter(({ life }) => takesPromises(life)).map(({ centerId }) => centerId));
    const poolIds = pools.filter(({ centerId }) => open.has(centerId)).map(({ poolId }) => poolId);
    const totals = { VCPU: 0, MEMORY_MIB: 0, STORAGE_GIB: 0, ACCELERATOR: 0 };
    for (const { meter, limit } of await this.counters.read<AnyPoolMeter>('POOL', poolIds)) {
      if (meter === 'VCPU' || meter === 'MEMORY_MIB') totals[meter] += limit;
      else if (acceleratorOf(meter) !== null) totals.ACCELERATOR += limit;
      else totals.STORAGE_GIB += limit;
    }
    const answering = kinds.has('VM') || kinds.has('SERVER') ? await this.addresses.capacityOf(open) : 0;
    const servers = kinds.has('SERVER') ? await this.servers.allIn([...open]) : 0;
    const space = kinds.has('CABINET') ? await this.sights.allIn([...open]) : { halfUnits: 0, powerW: 0 };
    const things = { SERVER: servers, CABINET_HALF_UNIT: space.halfUnits, POWER_W: space.powerW, ADDRESS: answering };
    return heldCap({ ...totals, ...things }, sharePercent);
  }

  /** As it stands now; nothing is taken. `own` = what the request holds already. */
  async fit(cap: HeldAmounts | null, holder: Holder, asked: SomeHeld, own: HeldAmounts): Promise<readonly HeldRow[]> {
    if (cap === null) return [];
    const others = await this.others(holder, asked, own.ADDRESS);
    return heldRows({ cap, others, own }, asked);
  }

  /**
   * The same inside the unit of work, after everything of the request was written and before counters are moved. From here
   * to commit no other hold of the department is judged; READ COMMITTED then sees every one that came before. What is
   * granted or given back needs no turn: it only makes room.
   */
  async check(
    tx: Tx,
    cap: HeldAmounts | null,
    holder: Holder,
    taken: SomeHeld,
    own: HeldAmounts,
  ): Promise<Result<void, readonly Refusal[]>> {
    if (cap === null || Object.values(taken).every((amount) => amount === 0)) return ok(undefined);
    await this.quotas.takeTurn(tx, holder.departmentId);
    const others = await this.others(holder, taken, taken.ADDRESS ?? 0, tx);
    const beyond = beyondHeldCap(heldRows({ cap, others, own }, taken));
    return beyond.length > 0 ? refuse(beyond) : ok(undefined);
  }

  /** What a request holds of all kinds. */
  async ofRequest(claims: readonly Claim[], items: readonly ItemClaim[], tx?: Tx): Promise<HeldAmounts> {
    const [first] = [...claims, ...items];
    if (!first) return NOTHING_HELD;
    const things = items.filter(({ kind }) => kind !== 'SERVICE').map(({ subjectId }) => subjectId);
    const own = new Set([...claims.map(({ claimId }) => claimId), ...things]);
    const answering = await this.addresses.heldSubjectsOf(first.departmentId, tx);
    const ADDRESS = answering.filter((id) => own.has(id)).length;
    return sumHeld([heldOf(claims), await this.things(things, tx), { ADDRESS }]);
  }

  /** By the department's other requests; of what is not asked for nothing is looked up. */
  private async others(holder: Holder, asked: SomeHeld, ownAddresses: number, tx?: Tx): Promise<HeldAmounts> {
    const pools = await this.repository.heldByOthers(holder, tx);
    const asksThings = Object.values(thingsHeld(asked)).some((amount) => amount > 0);
    const things = asksThings ? await this.things(await this.record.heldByOthers(holder, tx), tx) : {};
    const answering = asked.ADDRESS ? await this.addresses.heldSubjectsOf(holder.departmentId, tx) : [];
    return sumHeld([pools, things, { ADDRESS: Math.max(0, answering.length - ownAddresses) }]);
  }

  /** Of these servers and places; one in a cabinet that is its department's own takes nothing. */
  private async things(subjectIds: readonly string[], tx?: Tx): Promise<SomeHeld> {
    if (subjectIds.length === 0) return {};
    const takers = await this.takings.liveOf(subjectIds, tx);
    return thingsHeld(sumAmounts(takers.map(({ amounts }) => amounts)));
  }
}
