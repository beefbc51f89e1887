import { Injectable } from '@nestjs/common';
import { DataSource, In, IsNull, Not } from 'typeorm';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { RequestLineEntity } from './requests.entity.js';
import type { RequestLineRow } from './requests.types.js';

/** Lines of services that run, as changes see them: what has been made of them, and which change has them now. */
@Injectable()
export class ChangedServicesRepository {
  constructor(private readonly db: DataSource) {}

  /** Changes of these lines that have been carried out, in their order. */
  async done(lineIds: readonly string[], tx?: Tx): Promise<RequestLineRow[]> {
    return (tx?.manager ?? this.db.manager).find(RequestLineEntity, {
      where: {
        changedLineId: In(inList(lineIds) as string[]),
        kind: 'SERVICE',
        fulfilledAt: Not(IsNull()),
      },
      order: { fulfilledAt: 'ASC', id: 'ASC' },
    });
  }

  /** Services that run for a system, by name. */
  async running(systemId: string): Promise<RequestLineRow[]> {
    return this.db.manager
      .createQueryBuilder(RequestLineEntity, 'l')
      .innerJoin('l.request', 'r')
      .where("r.systemId = :systemId and r.nature = 'NEW' and r.state in ('PROVISIONING', 'DELIVERED')", { systemId })
      .andWhere("l.kind = 'SERVICE' and l.fulfilledAt is not null and l.endedAt is null")
      .orderBy('l.name')
      .addOrderBy('l.id')
      .getMany();
  }

  /** Keeps the line for one change; false = another has it, or it has ended. */
  async open(tx: Tx, lineId: string, requestId: string, requestCode: string): Promise<boolean> {
    const done: { affectedRows: number } = await tx.manager.query(
      `update request_line set open_change_id = ?, open_change_code = ?
       where id = ? and ended_at is null and fulfilled_at is not null and open_change_id is null`,
      [requestId, requestCode, lineId],
    );
    return done.affectedRows === 1;
  }

  async free(tx: Tx, requestId: string, lineId: string | null = null): Promise<void> {
    await tx.manager.query(
      `update request_line set open_change_id = null, open_change_code = null
       where open_change_id = ?${lineId === null ? '' : ' and id = ?'}`,
      lineId === null ? [requestId] : [requestId, lineId],
    );
  }
}
