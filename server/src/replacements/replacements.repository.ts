import { Injectable } from '@nestjs/common';
import { DataSource, In, type SelectQueryBuilder } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { matching, newestOf, withinScope } from '../platform/database/listing.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { ReplaceTaskEntity } from './replacements.entity.js';
import type { ReplaceTaskFilter, ReplaceTaskRow } from './replacements.types.js';

@Injectable()
export class ReplacementsRepository {
  constructor(private readonly db: DataSource) {}

  async insert(tx: Tx, row: ReplaceTaskRow): Promise<void> {
    await tx.manager.insert(ReplaceTaskEntity, row);
  }

  /** The row, locked until commit. */
  async locked(tx: Tx, id: string | undefined): Promise<ReplaceTaskRow | null> {
    if (id === undefined) return null;
    return tx.manager.findOne(ReplaceTaskEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** Whether the machine has an open one, in the eyes of whoever has locked the machine. */
  async hasOpen(tx: Tx, resourceId: string): Promise<boolean> {
    return tx.manager.existsBy(ReplaceTaskEntity, { resourceId, live: 1 });
  }

  async close(tx: Tx, row: ReplaceTaskRow, values: Partial<ReplaceTaskRow>): Promise<void> {
    const closed = { ...values, closedAt: tx.now, live: null, version: row.version + 1 };
    await tx.manager.update(ReplaceTaskEntity, { id: row.id }, closed);
  }

  /** Open ones by id, for whoever looks whether they still are. */
  async openAfter(id: string, limit: number): Promise<ReplaceTaskRow[]> {
    return this.db.manager
      .createQueryBuilder(ReplaceTaskEntity, 't')
      .where("t.state = 'OPEN' and t.id > :id", { id })
      .orderBy('t.id', 'ASC')
      .limit(limit)
      .getMany();
  }

  countOpen(): Promise<number> {
    return this.db.manager.countBy(ReplaceTaskEntity, { state: 'OPEN' });
  }

  byId(scope: TenantScope, id: string): Promise<ReplaceTaskRow | null> {
    return this.within(scope).andWhere('t.id = :id', { id }).getOne();
  }

  /** Open ones of these machines. Unscoped: reached from a machine that the viewer may see. */
  openOf(resourceIds: readonly string[]): Promise<ReplaceTaskRow[]> {
    return this.db.manager.findBy(ReplaceTaskEntity, { resourceId: In(inList(resourceIds) as string[]), live: 1 });
  }

  page(scope: TenantScope, { centerId, search, states }: ReplaceTaskFilter, page: PageRequest) {
    const filtered = (): SelectQueryBuilder<ReplaceTaskEntity> => {
      const query = this.within(scope);
      if (states.length > 0) query.andWhere('t.state in (:...states)', { states });
      if (centerId) query.andWhere('t.centerId = :centerId', { centerId });
      if (search !== null) query.innerJoin('resource', 'r', 'r.id = t.resource_id');
      return matching(query, ['r.name', 'r.code'], search);
    };
    return newestOf(filtered, 't.openedAt', 't.id', page) as Promise<Page<ReplaceTaskRow>>;
  }

  private within(scope: TenantScope): SelectQueryBuilder<ReplaceTaskEntity> {
    const every = this.db.manager.createQueryBuilder(ReplaceTaskEntity, 't').where('1 = 1');
    return withinScope(every, 't.departmentId', scope, 't.systemId in (:...scopeSystemIds)');
  }
}
