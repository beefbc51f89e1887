import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { withinScope } from '../platform/database/listing.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { ExtensionState } from './domain/extension.js';
import { ResourceReviewEntity, TermExtensionEntity } from './terms.entity.js';
import type { ExtensionRow, ReviewRow } from './terms.types.js';

@Injectable()
export class TermsRepository {
  constructor(private readonly db: DataSource) {}

  async insertExtension(tx: Tx, row: ExtensionRow): Promise<void> {
    await tx.manager.insert(TermExtensionEntity, { ...row, open: row.state === 'ASKED' ? 1 : null });
  }

  async lockedExtension(tx: Tx, id: string): Promise<ExtensionRow | null> {
    return tx.manager.findOne(TermExtensionEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async isOpen(tx: Tx, resourceId: string): Promise<boolean> {
    return tx.manager.existsBy(TermExtensionEntity, { resourceId, open: 1 });
  }

  async isOpenOfLine(tx: Tx, lineId: string): Promise<boolean> {
    return tx.manager.existsBy(TermExtensionEntity, { lineId, open: 1 });
  }

  async updateExtension(tx: Tx, id: string, values: Partial<ExtensionRow>): Promise<void> {
    const open = values.state === undefined || values.state === 'ASKED' ? {} : { open: null };
    await tx.manager.update(TermExtensionEntity, { id }, { ...values, ...open });
  }

  async extensionInScope(scope: TenantScope, id: string): Promise<ExtensionRow | null> {
    return this.extensions(scope).andWhere('e.id = :id', { id }).getOne();
  }

  async extensionPage(
    scope: TenantScope,
    states: readonly ExtensionState[],
    page: PageRequest,
  ): Promise<Page<ExtensionRow>> {
    const filtered = () => {
      const query = this.extensions(scope);
      return states.length > 0 ? query.andWhere('e.state in (:...states)', { states }) : query;
    };
    const totalCount = await filtered().getCount();
    const query = filtered();
    if (page.after) {
      const [key, id] = page.after as [string, string];
      query.andWhere('(e.askedAt < :key or (e.askedAt = :key and e.id < :id))', { key: new Date(key), id });
    }
    const rows = await query
      .orderBy('e.askedAt', 'DESC')
      .addOrderBy('e.id', 'DESC')
      .take(page.first + 1)
      .getMany();
    return { rows: rows.slice(0, page.first), totalCount, hasNextPage: rows.length > page.first };
  }

  async extensionsOf(resourceIds: readonly string[]): Promise<ExtensionRow[]> {
    return this.db.manager.find(TermExtensionEntity, {
      where: { resourceId: In(inList(resourceIds) as string[]) },
      order: { askedAt: 'DESC', id: 'DESC' },
    });
  }

  async insertReview(tx: Tx, row: ReviewRow): Promise<void> {
    await tx.manager.insert(ResourceReviewEntity, row);
  }

  async reviewsOf(resourceIds: readonly string[]): Promise<ReviewRow[]> {
    return this.db.manager.find(ResourceReviewEntity, {
      where: { resourceId: In(inList(resourceIds) as string[]) },
      order: { at: 'DESC', id: 'DESC' },
    });
  }

  private extensions(scope: TenantScope) {
    const every = this.db.manager.createQueryBuilder(TermExtensionEntity, 'e').where('1 = 1');
    return withinScope(every, 'e.departmentId', scope, 'e.systemId in (:...scopeSystemIds)');
  }
}
