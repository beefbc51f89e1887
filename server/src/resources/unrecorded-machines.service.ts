import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import { bulkInsert } from '../platform/database/bulk-insert.js';
import { newId } from '../platform/database/ids.js';
import { matching, pageOf } from '../platform/database/listing.js';
import { inList, type Tx, UnitOfWork } from '../platform/database/unit-of-work.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import type { SeenMachine, UnrecordedMachineRow } from './resources.types.js';
import { UnrecordedMachineEntity } from './unrecorded-machine.entity.js';

const COLUMNS = [
  'id',
  'centerId',
  'namespace',
  'name',
  'uid',
  'vcpu',
  'memoryMib',
  'power',
  'claimedResourceId',
  'firstSeenAt',
] as const satisfies readonly (keyof UnrecordedMachineRow)[];

/** 实有账无: what runs in the clusters and stands in no book. They belong to no department yet, so reads take no scope. */
@Injectable()
export class UnrecordedMachinesService {
  constructor(
    private readonly db: DataSource,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Makes the table say what a complete look at a cluster has seen. Writes only what is another than before. */
  async replace(centerId: string, seen: readonly SeenMachine[]): Promise<void> {
    const known = await this.db.manager.findBy(UnrecordedMachineEntity, { centerId });
    const byName = new Map(known.map((row) => [`${row.namespace}/${row.name}`, row]));
    const changed = seen.filter((machine) => {
      const { id: _id, centerId: _center, firstSeenAt: _first, ...row } = byName.get(nameOf(machine)) ?? {};
      return !isDeepStrictEqual({ ...row }, { ...machine });
    });
    const here = new Set(seen.map(nameOf));
    const replaced = new Set(changed.map(nameOf));
    const leaving = known.filter((row) => !here.has(nameOf(row)) || replaced.has(nameOf(row)));
    if (changed.length === 0 && leaving.length === 0) return;
    await this.unitOfWork.run(async (tx) => {
      await this.forget(
        tx,
        leaving.map((row) => row.id),
      );
      await bulkInsert(
        tx,
        'unrecorded_machine',
        COLUMNS,
        changed.map((machine) => {
          const before = byName.get(nameOf(machine));
          // The same object keeps its id, so that what a person has chosen on a page stays chosen.
          const same = before?.uid === machine.uid ? before : undefined;
          const firstSeenAt = same?.firstSeenAt ?? tx.now;
          return { ...machine, centerId, id: same?.id ?? newId(tx.now.getTime()), firstSeenAt };
        }),
      );
    });
  }

  async forget(tx: Tx, ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await tx.manager.delete(UnrecordedMachineEntity, { id: In([...ids]) });
  }

  page(
    filter: { centerId: string | null; search: string | null },
    page: PageRequest,
  ): Promise<Page<UnrecordedMachineRow>> {
    const query = this.db.manager.createQueryBuilder(UnrecordedMachineEntity, 'm').where('1 = 1');
    if (filter.centerId !== null) query.andWhere('m.centerId = :centerId', { centerId: filter.centerId });
    return pageOf(matching(query, ['m.name', 'm.namespace'], filter.search), 'm.id', page);
  }

  async countsByCenter(): Promise<ReadonlyMap<string, number>> {
    const rows: { center_id: string; n: string }[] = await this.db.query(
      'select center_id, count(*) as n from unrecorded_machine group by center_id',
    );
    return new Map(rows.map((row) => [row.center_id, Number(row.n)]));
  }

  /** Batch for loaders. */
  machines = async (ids: readonly string[]): Promise<(UnrecordedMachineRow | null)[]> =>
    inOrderOf(
      ids,
      await this.db.manager.findBy(UnrecordedMachineEntity, { id: In(inList(ids) as string[]) }),
      (row) => row.id,
    );
}

function nameOf({ namespace, name }: Pick<SeenMachine, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}
