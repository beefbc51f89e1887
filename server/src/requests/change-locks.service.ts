import { Injectable } from '@nestjs/common';
import { isSameSize } from '../allocation/domain/resize.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { changedMeanwhile } from '../resources/domain/release.js';
import { ResourceChanges } from '../resources/resource-changes.service.js';
import { ChangedServicesRepository } from './changed-services.repository.js';
import { pathOf } from './domain/change.js';
import { serviceOpen } from './domain/service-change.js';
import type { Quotation } from './quotation.service.js';
import { RequestChangesRepository } from './request-changes.repository.js';
import type { NewChange } from './request-changes.types.js';
import { RequestItemChangesRepository } from './request-item-changes.repository.js';
import { RequestsRepository } from './requests.repository.js';
import type { RequestLineRow, RequestRow } from './requests.types.js';
import { SavedQuotations } from './saved-quotations.service.js';
import { itemChangesOf, ThingLocks } from './thing-locks.service.js';

/** What a change was seen to be before the unit of work in which it is sent; null = the request is no change. */
export type PreparedChange = {
  readonly lines: readonly RequestLineRow[];
  readonly quotation: Result<Quotation, readonly Refusal[]>;
} | null;

/** From sending to its end a change keeps its resources for itself: at most one is under way for each. */
@Injectable()
export class ChangeLocks {
  constructor(
    private readonly repository: RequestsRepository,
    private readonly changes: RequestChangesRepository,
    private readonly saved: SavedQuotations,
    private readonly resources: ResourceChanges,
    private readonly services: ChangedServicesRepository,
    private readonly things: ThingLocks,
    private readonly itemChanges: RequestItemChangesRepository,
  ) {}

  async prepare(request: RequestRow): Promise<PreparedChange> {
    if (request.nature === 'NEW') return null;
    const lines = await this.repository.lines(request.id);
    return { lines, quotation: await this.saved.of(request, lines) };
  }

  /** Locks the resources in the order of their ids, sees that they are as they were seen, and writes down what becomes of each. */
  async keep(tx: Tx, request: RequestRow, prepared: PreparedChange): Promise<Result<void, readonly Refusal[]>> {
    if (prepared === null) return ok(undefined);
    const { quotation, lines } = prepared;
    if (!quotation.ok) return quotation;
    const by = { requestId: request.id, requestCode: request.code };
    // What was kept before a return and is no longer asked for is free again.
    await this.resources.free(tx, request.id);
    await this.services.free(tx, request.id);
    const wanted = quotation.value.lines
      .flatMap(({ change }, line) => (change?.rows ?? []).map((row) => ({ row, line })))
      .toSorted((a, b) => (a.row.resourceId < b.row.resourceId ? -1 : 1));
    for (const { row, line } of wanted) {
      const path = pathOf(line, 'resourceIds');
      const kept = await this.resources.open(tx, row.resourceId, by, path);
      if (!kept.ok) return kept;
      if (!isSameSize(kept.value, fromOf(row))) return refuse([changedMeanwhile(kept.value.name, path)]);
    }
    const kept = await this.keepServices(tx, request, quotation.value);
    if (!kept.ok) return kept;
    const things = await this.things.keep(tx, request, quotation.value);
    if (!things.ok) return things;
    await this.changes.replace(tx, request.id, changesOf(quotation.value, lines));
    await this.itemChanges.replace(tx, request.id, itemChangesOf(quotation.value, lines));
    return ok(undefined);
  }

  /** By their ids too; what another has made of one since it was looked at is told. */
  private async keepServices(
    tx: Tx,
    request: RequestRow,
    { lines }: Quotation,
  ): Promise<Result<void, readonly Refusal[]>> {
    const wanted = lines
      .flatMap(({ serviceChange }, line) => (serviceChange ? [{ ...serviceChange, line }] : []))
      .toSorted((a, b) => (a.changedLine.id < b.changedLine.id ? -1 : 1));
    for (const { changedLine, fromCount, line } of wanted) {
      if (!(await this.services.open(tx, changedLine.id, request.id, request.code))) {
        const [row] = await this.repository.linesByIds([changedLine.id], tx);
        const { openChangeId = null, openChangeCode = null } = row ?? {};
        return refuse([
          openChangeId === null
            ? changedMeanwhile(changedLine.name, pathOf(line, 'service', 'lineId'))
            : serviceOpen({ name: changedLine.name, openChangeId, openChangeCode }, line),
        ]);
      }
      const done = await this.services.done([changedLine.id], tx);
      const [row] = await this.repository.linesByIds([changedLine.id], tx);
      if ((done.at(-1) ?? row)?.itemCount !== fromCount)
        return refuse([changedMeanwhile(changedLine.name, pathOf(line, 'service', 'lineId'))]);
    }
    return ok(undefined);
  }

  /** The request has come to an end before its grant. */
  async free(tx: Tx, request: Pick<RequestRow, 'id' | 'nature'>): Promise<void> {
    if (request.nature !== 'CHANGE') return;
    await this.resources.free(tx, request.id);
    await this.services.free(tx, request.id);
  }
}

export function changesOf(quotation: Quotation, lines: readonly Pick<RequestLineRow, 'id'>[]) {
  return quotation.lines.map(({ change }, at) => ({
    lineId: lines[at]?.id ?? '',
    changes: change?.rows ?? [],
  }));
}

function fromOf({ fromVcpu, fromMemoryMib, fromDiskGib }: NewChange) {
  return { vcpu: fromVcpu, memoryMib: fromMemoryMib, diskGib: fromDiskGib };
}
