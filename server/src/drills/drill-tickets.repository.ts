import { Injectable } from '@nestjs/common';
import { DataSource, In, type SelectQueryBuilder } from 'typeorm';
import type { TenantScope } from '../kernel/viewer.js';
import { withinScope } from '../platform/database/listing.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { DrDrillTicketEntity } from './drills.entity.js';
import type { TicketRow } from './drills.types.js';

@Injectable()
export class DrillTicketsRepository {
  constructor(private readonly db: DataSource) {}

  async insert(tx: Tx, rows: readonly TicketRow[]): Promise<void> {
    await tx.manager.insert(DrDrillTicketEntity, [...rows]);
  }

  ofDrill(tx: Tx, drillId: string): Promise<TicketRow[]> {
    return tx.manager.find(DrDrillTicketEntity, { where: { drillId } });
  }

  locked(tx: Tx, id: string): Promise<TicketRow | null> {
    return tx.manager.findOne(DrDrillTicketEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async update(tx: Tx, row: TicketRow, values: Partial<TicketRow>): Promise<void> {
    await tx.manager.update(DrDrillTicketEntity, { id: row.id }, { ...values, version: row.version + 1 });
  }

  byId(scope: TenantScope, id: string): Promise<TicketRow | null> {
    return this.within(scope).andWhere('t.id = :id', { id }).getOne();
  }

  /** What is still to be put right, the first due first. */
  open(scope: TenantScope, limit: number): Promise<TicketRow[]> {
    return this.within(scope)
      .andWhere("t.state = 'OPEN'")
      .orderBy('t.dueOn', 'ASC')
      .addOrderBy('t.id', 'ASC')
      .limit(limit)
      .getMany();
  }

  /** Batch for loaders; reached from drills that the viewer may see. */
  readonly ofDrills = async (drillIds: readonly string[]): Promise<TicketRow[][]> => {
    const where = { drillId: In(inList(drillIds) as string[]) };
    const rows = await this.db.manager.find(DrDrillTicketEntity, { where, order: { code: 'ASC' } });
    const byDrill = Map.groupBy(rows, ({ drillId }) => drillId);
    return drillIds.map((id) => byDrill.get(id) ?? []);
  };

  private within(scope: TenantScope): SelectQueryBuilder<DrDrillTicketEntity> {
    const every = this.db.manager.createQueryBuilder(DrDrillTicketEntity, 't').where('1 = 1');
    return withinScope(every, 't.departmentId', scope, 't.systemId in (:...scopeSystemIds)');
  }
}
