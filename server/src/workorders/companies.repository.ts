import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { ProviderCompanyEntity, ProviderMemberEntity } from './workorders.entity.js';
import type { CompanyRow } from './workorders.types.js';

/** Companies that run the place belong to no department, so reads of them take no scope. */
@Injectable()
export class CompaniesRepository {
  constructor(private readonly db: DataSource) {}

  all(limit: number): Promise<CompanyRow[]> {
    return this.db.manager.find(ProviderCompanyEntity, { order: { active: 'DESC', name: 'ASC' }, take: limit });
  }

  byIds(ids: readonly string[]): Promise<CompanyRow[]> {
    return this.db
      .createQueryBuilder(ProviderCompanyEntity, 'c')
      .where('c.id in (:...ids)', { ids: inList(ids) })
      .getMany();
  }

  locked(tx: Tx, id: string): Promise<CompanyRow | null> {
    return tx.manager.findOne(ProviderCompanyEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async companyOf(userId: string): Promise<string | null> {
    const member = await this.db.manager.findOneBy(ProviderMemberEntity, { userId });
    return member?.companyId ?? null;
  }

  async membersOf(companyIds: readonly string[], tx?: Tx): Promise<{ companyId: string; userId: string }[]> {
    return (tx?.manager ?? this.db.manager)
      .createQueryBuilder(ProviderMemberEntity, 'm')
      .where('m.companyId in (:...ids)', { ids: inList(companyIds) })
      .orderBy('m.since')
      .addOrderBy('m.userId')
      .getMany();
  }

  async insert(tx: Tx, company: CompanyRow): Promise<void> {
    await tx.manager.insert(ProviderCompanyEntity, company);
  }

  async update(tx: Tx, id: string, values: Partial<CompanyRow>): Promise<void> {
    await tx.manager.update(ProviderCompanyEntity, { id }, values);
  }

  async setMembers(tx: Tx, companyId: string, userIds: readonly string[]): Promise<void> {
    await tx.manager.delete(ProviderMemberEntity, { companyId });
    // Of one company at a time: who comes from another leaves it.
    if (userIds.length > 0) {
      await tx.manager.query('delete from provider_member where user_id in (?)', [inList(userIds)]);
      await tx.manager.insert(
        ProviderMemberEntity,
        userIds.map((userId) => ({ userId, companyId, since: tx.now })),
      );
    }
  }
}
