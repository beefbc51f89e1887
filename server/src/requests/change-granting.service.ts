import { Injectable } from '@nestjs/common';
import { AddressClaims } from '../allocation/address-claims.service.js';
import { AllocationService } from '../allocation/allocation.service.js';
import { ClaimResizes } from '../allocation/claim-resizes.service.js';
import { ItemClaims } from '../allocation/item-claims.service.js';
import type { BudgetMove } from '../budgets/ledger.service.js';
import type { Pool } from '../facilities/domain/facility.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { WHOLE_PROVINCE } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { LifePolicies } from '../resources/life-policies.service.js';
import { ResourceChanges } from '../resources/resource-changes.service.js';
import { ResourceMoves } from '../resources/resource-moves.service.js';
import { ResourcesService } from '../resources/resources.service.js';
import type { ResourceRow } from '../resources/resources.types.js';
import { ChangeDebts } from './change-debts.service.js';
import { byHandOf, changeToDo, isAnyByHand, isAsItWas, servicesToDo } from './changed-by-hand.js';
import { DataCosts } from './data-costs.service.js';
import { EncumberingService } from './encumbering.service.js';
import type { GrantedLine } from './fulfilment.types.js';
import { GrantingService, type PreparedGrant } from './granting.service.js';
import type { Last } from './held-lines.js';
import type { Quotation, QuotedLine } from './quotation.service.js';
import { RequestChangesRepository } from './request-changes.repository.js';
import type { NewChange } from './request-changes.types.js';
import { RequestsRepository } from './requests.repository.js';
import type { RequestLineRow, RequestRow } from './requests.types.js';
import { SavedQuotations } from './saved-quotations.service.js';
import { ThingGranting } from './thing-granting.service.js';

/** Read before the unit of work, when the last signature of a change is given. */
export interface PreparedChangeGrant {
  readonly lines: readonly RequestLineRow[];
  readonly quotation: Result<Quotation, readonly Refusal[]>;
  readonly made: PreparedGrant;
  readonly originals: readonly (RequestRow | null)[];
  readonly binDays: number;
  /** Pools that no cluster of ours drives. */
  readonly recorded: ReadonlyMap<string, Pool>;
  readonly machines: ReadonlyMap<string, ResourceRow>;
}

export interface GrantedChange {
  readonly codes: readonly string[];
  readonly last: Last;
}

/** The end of a change's chain: what was held belongs to the machines, their wishes are the new ones, and the worker carries it out. */
@Injectable()
export class ChangeGranting {
  constructor(
    private readonly repository: RequestsRepository,
    private readonly changes: RequestChangesRepository,
    private readonly saved: SavedQuotations,
    private readonly granting: GrantingService,
    private readonly claims: ClaimResizes,
    private readonly addresses: AddressClaims,
    private readonly allocation: AllocationService,
    private readonly resources: ResourcesService,
    private readonly resourceChanges: ResourceChanges,
    private readonly moves: ResourceMoves,
    private readonly policies: LifePolicies,
    private readonly encumbering: EncumberingService,
    private readonly dataCosts: DataCosts,
    private readonly debts: ChangeDebts,
    private readonly facilities: FacilitiesService,
    private readonly items: ItemClaims,
    private readonly things: ThingGranting,
  ) {}

  async prepare(request: RequestRow): Promise<PreparedChangeGrant> {
    const lines = await this.repository.lines(request.id);
    const [quotation, made, policy, pools] = await Promise.all([
      this.saved.of(request, lines),
      this.granting.prepare(request),
      this.policies.policy(),
      this.facilities.allPools(),
    ]);
    const quoted = quotation.ok ? quotation.value.lines : [];
    const changes = quoted.flatMap(({ change }) => change ?? []);
    const ids = quoted.map(({ change, thingsChange }) => (change ?? thingsChange)?.changedLine.requestId ?? '');
    const resourceIds = changes.flatMap(({ rows }) => rows.map(({ resourceId }) => resourceId));
    const [rows, machines] = await Promise.all([
      this.repository.byIds(WHOLE_PROVINCE, ids),
      this.resources.rows(resourceIds),
    ]);
    return {
      ...{ lines, quotation, made, binDays: policy.BIN_DAYS },
      originals: ids.map((id) => rows.find((row) => row.id === id) ?? null),
      recorded: new Map(pools.flatMap((pool) => (pool.kind === 'RECORDED' ? [[pool.id, pool] as const] : []))),
      machines: new Map(machines.flatMap((row) => (row ? [[row.id, row] as const] : []))),
    };
  }

  async grant(
    tx: Tx,
    request: RequestRow,
    prepared: PreparedChangeGrant,
    by: string,
  ): Promise<Result<GrantedChange, readonly Refusal[]>> {
    const { lines, quotation, made, originals, binDays } = prepared;
    if (!quotation.ok) return quotation;
    const quoted = quotation.value.lines;
    const claims = await this.claims.grant(
      tx,
      request.id,
      quoted.map(({ change }, at) => ({
        lineId: lines[at]?.id ?? '',
        to: { requestId: change?.changedLine.requestId ?? '', lineId: change?.changedLine.id ?? '' },
      })),
    );
    const codes: string[] = [];
    const freeClaims: string[] = [];
    const moves: BudgetMove[] = [];
    const toDo: GrantedLine[] = servicesToDo(request, lines, quoted);
    if (quoted.some(({ thing }) => thing.kind !== 'VM')) {
      const { departmentId, systemId } = request;
      await this.things.keep(tx, prepared);
      const taken = await this.items.allocate(tx, request.id, { departmentId, systemId }, by);
      if (!taken.ok) return taken;
      toDo.push(...(await this.things.grant(tx, request, prepared, taken.value)));
    }
    await this.changes.begin(tx, request.id);
    for (const [at, line] of quoted.entries()) {
      const { change } = line;
      const own = lines[at] as RequestLineRow;
      if (!change) continue;
      for (const { claimId, share } of change.renamed) await this.claims.rename(tx, [claimId], share);
      const original = originals[at];
      if (!original) return refuse([gone(own.name)]);
      const byHand = byHandOf(
        change,
        claims.filter((claim) => claim.lineId === change.changedLine.id),
        await this.allocation.claimsOf(tx, change.leavingClaimIds),
        prepared.recorded,
      );
      const people = new Set(byHand.resized.map(({ row }) => row.resourceId));
      for (const row of change.rows.toSorted(byResource)) {
        if (row.what === 'LEAVE') await this.leave(tx, request, row.resourceId, by, binDays);
        else if (people.has(row.resourceId))
          await this.resourceChanges.askByHand(tx, row.resourceId, sizeAfter(row), by);
        else if (!isAsItWas(row)) await this.resizeOne(tx, request, line, row, by);
      }
      await this.nothingToWaitFor(tx, request.id, own.id, isAnyByHand(byHand));
      const work = changeToDo(request, own, byHand, prepared.machines, prepared.recorded);
      if (work) toDo.push(work);
      const waiting = new Set(byHand.leaving.map(({ claimId }) => claimId));
      const leaving = change.leavingClaimIds.filter((id) => !waiting.has(id));
      freeClaims.push(...leaving);
      const data = await this.allocation.claimsOf(tx, leaving);
      moves.push(
        ...(await this.dataCosts.gone(
          tx,
          data,
          change.rows.map(({ resourceId }) => resourceId),
          by,
        )),
      );
      const shape = { ...own, id: change.changedLine.id, requestId: original.id, name: change.changedLine.name };
      const machines = this.granting.machinesOf(
        { ...original, temporaryUntil: request.temporaryUntil ?? original.temporaryUntil },
        shape,
        at,
        claims.filter((claim) => claim.lineId === shape.id),
        { ...made, codes: made.codes.slice(codes.length) },
      );
      if (machines.length === 0) continue;
      const created = await this.resources.create(tx, machines, by);
      await this.addresses.grant(tx, created, []);
      codes.push(...machines.map(({ code }) => code));
      await this.changes.add(tx, request.id, [{ lineId: own.id, changes: created.map(asMade) }], 'UNDERWAY');
    }
    await this.debts.owe(tx, request, prepared);
    await this.granting.handOn(tx, toDo, made.workCodes);
    return ok({
      codes,
      last: async () => {
        const moved = await this.encumbering.move(tx, moves);
        if (moved.ok && freeClaims.length > 0) await this.allocation.release(tx, freeClaims);
        return moved;
      },
    });
  }

  /** What leaves has left with the grant, and what stays as it is waits for no cluster; where people work on its line it waits for them. */
  private async nothingToWaitFor(tx: Tx, requestId: string, lineId: string, forPeople: boolean): Promise<void> {
    const done: string[] = [];
    for (const row of await this.changes.ofRequest(requestId, tx)) {
      const over = row.what === 'LEAVE' || (!forPeople && isAsItWas(row));
      if (row.lineId === lineId && over && (await this.changes.markDone(tx, row))) done.push(row.resourceId);
    }
    if (done.length > 0) await this.resourceChanges.free(tx, requestId, done);
  }

  private async resizeOne(tx: Tx, request: RequestRow, line: QuotedLine, row: NewChange, by: string): Promise<void> {
    if (line.thing.kind !== 'VM') throw new Error(`${request.code} resizes what is no machine`);
    await this.resourceChanges.resize(
      tx,
      row.resourceId,
      {
        ...{ vcpu: row.toVcpu, memoryMib: row.toMemoryMib, diskGib: row.toDiskGib },
        ...{ offerId: line.thing.offer.id, monthlyFen: row.toFen },
      },
      by,
      request.restartAgreed ? 'RESTART_AGREED' : 'ONLY_WHILE_IT_RUNS',
    );
  }

  /** A share that is too many goes the way of everything that is given back: it lies in the bin first. */
  private async leave(tx: Tx, request: RequestRow, resourceId: string, by: string, days: number): Promise<void> {
    const row = await this.moves.locked(tx, WHOLE_PROVINCE, resourceId);
    if (!row) throw new Error(`resource ${resourceId} has gone`);
    const text = say(`容灾模式变更 ${request.code}，此份额不再需要`, `${request.code}: this share is no longer needed`);
    await this.moves.intoBin(tx, row, 'RELEASE', { text, by }, days);
  }
}

function sizeAfter({ toVcpu, toMemoryMib, toDiskGib }: NewChange) {
  return { vcpu: toVcpu, memoryMib: toMemoryMib, diskGib: toDiskGib };
}

function byResource(a: NewChange, b: NewChange): number {
  return a.resourceId < b.resourceId ? -1 : 1;
}

function asMade(
  machine: Pick<ResourceRow, 'id' | 'claimId' | 'vcpu' | 'memoryMib' | 'diskGib' | 'monthlyFen'>,
): NewChange {
  const { vcpu, memoryMib, diskGib } = machine;
  return {
    ...{ resourceId: machine.id, claimId: machine.claimId, what: 'MAKE' },
    ...{ fromVcpu: 0, fromMemoryMib: 0, fromDiskGib: 0 },
    ...{ toVcpu: vcpu, toMemoryMib: memoryMib, toDiskGib: diskGib },
    ...{ claimVcpu: vcpu, claimMemoryMib: memoryMib, claimDiskGib: diskGib },
    ...{ fromFen: 0n, toFen: machine.monthlyFen },
  };
}

function gone(name: string): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: [],
    message: say(`${name} 原来的申请单已不存在`, `The request that ${name} came of is gone`),
  };
}
