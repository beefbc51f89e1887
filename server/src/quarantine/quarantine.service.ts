import { Injectable } from '@nestjs/common';
import { DepartmentsService } from '../departments/departments.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { wasHalted, withoutRecord } from './domain/quarantine-notices.js';
import type { Pass, SeenObject } from './domain/quarantine-pass.js';
import { QuarantineRepository } from './quarantine.repository.js';
import type { QuarantineEventRow, QuarantineFilter, QuarantineRow } from './quarantine.types.js';

const TROUBLE_LENGTH_MAX = 300;

/** 隔离清单: what the clusters have and no record tells of. Told of once, listed until it has ended, never deleted. */
@Injectable()
export class Quarantine {
  constructor(
    private readonly repository: QuarantineRepository,
    private readonly facilities: FacilitiesService,
    private readonly departments: DepartmentsService,
    private readonly notices: Notices,
  ) {}

  standingOf(centerId: string): Promise<QuarantineRow[]> {
    return this.repository.standingOf(centerId);
  }

  /** Asked before a unit of work begins. */
  async nameOf(centerId: string): Promise<string> {
    return (await this.facilities.centers()).find(({ id }) => id === centerId)?.name ?? '';
  }

  /** Writes what one complete look has found. */
  async record(
    tx: Tx,
    center: { readonly id: string; readonly name: string },
    { again, ended, fresh }: Pass<QuarantineRow>,
  ): Promise<void> {
    const namespaces = fresh.map(({ objectNamespace }) => objectNamespace);
    const owners = await this.departments.ownersOfNamespaces(tx, namespaces);
    const rows = fresh.map((object) => newCase(tx, center.id, owners.get(object.objectNamespace) ?? null, object));
    await this.repository.insert(tx, rows);
    for (const { known, values } of again) await this.repository.counted(tx, known.id, values);
    for (const { as, known } of ended)
      await this.repository.update(tx, known, { state: as, live: null, endedAt: tx.now });
    if (rows.length > 0) await this.notices.tell(tx, withoutRecord(center.name, rows));
  }

  /** The order to stop it was carried out, or what stood in its way. */
  async halted(tx: Tx, row: QuarantineRow, trouble: string | null): Promise<void> {
    const haltTrouble = trouble?.slice(0, TROUBLE_LENGTH_MAX) ?? null;
    if (haltTrouble !== null && haltTrouble === row.haltTrouble) return;
    const told = await this.repository.update(
      tx,
      row,
      haltTrouble === null ? { haltedAt: tx.now, haltTrouble } : { haltTrouble },
    );
    if (!told || haltTrouble !== null) return;
    await this.repository.note(tx, { objectId: row.id, kind: 'HALTED', actorName: null, reason: null });
    const notice = wasHalted(row);
    if (notice) await this.notices.tell(tx, notice);
  }

  page(scope: TenantScope, filter: QuarantineFilter, page: PageRequest): Promise<Page<QuarantineRow>> {
    return this.repository.page(scope, filter, page);
  }

  byId(scope: TenantScope, id: string): Promise<QuarantineRow | null> {
    return this.repository.byId(scope, id);
  }

  /** Batch for loaders: what was done to each, the newest first. */
  eventsOf = async (objectIds: readonly string[]): Promise<QuarantineEventRow[][]> => {
    const events = Map.groupBy(await this.repository.eventsOf(objectIds), ({ objectId }) => objectId);
    return objectIds.map((id) => events.get(id) ?? []);
  };

  newByCenter(): Promise<ReadonlyMap<string, number>> {
    return this.repository.newByCenter();
  }
}

function newCase(tx: Tx, centerId: string, departmentId: string | null, object: SeenObject): QuarantineRow {
  return {
    ...object,
    id: newId(tx.now.getTime()),
    ...{ centerId, departmentId },
    ...{ state: 'NEW', passes: 1, firstSeenAt: tx.now },
    ...{ haltedAt: null, haltTrouble: null, decidedBy: null, decidedAt: null, reason: null },
    ...{ endedAt: null, version: 1, live: 1 },
  };
}
