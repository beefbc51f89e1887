import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { DelegationEntity } from './approvals.entity.js';
import type { Delegation } from './domain/delegation.js';

/** Asked by every act: plain, because the query builder's text costs more than the answer. */
const RUNNING_FOR = `select id, delegator_id as delegatorId from delegation
  where delegate_id = ? and until_at > ? and from_at <= ? and revoked_at is null order by id`;

@Injectable()
export class DelegationsRepository {
  constructor(private readonly db: DataSource) {}

  /** Those that this person may speak by now. */
  async runningFor(
    delegateId: string,
    now: Date,
    manager: EntityManager = this.db.manager,
  ): Promise<Pick<Delegation, 'id' | 'delegatorId'>[]> {
    return manager.query(RUNNING_FOR, [delegateId, now, now]);
  }

  /** Given and received, the newest first. */
  async of(personId: string, limit: number): Promise<Delegation[]> {
    return this.db.manager
      .createQueryBuilder(DelegationEntity, 'd')
      .where('d.delegatorId = :personId or d.delegateId = :personId', { personId })
      .orderBy('d.createdAt', 'DESC')
      .addOrderBy('d.id', 'DESC')
      .limit(limit)
      .getMany();
  }

  async byId(id: string): Promise<Delegation | null> {
    return this.db.manager.findOneBy(DelegationEntity, { id });
  }

  /** Running or planned, given by any of these people. */
  async openOf(tx: Tx, personIds: readonly string[]): Promise<Delegation[]> {
    return tx.manager
      .createQueryBuilder(DelegationEntity, 'd')
      .where('d.delegatorId in (:...personIds) and d.until > :now and d.revokedAt is null', {
        personIds: inList(personIds),
        now: tx.now,
      })
      .setLock('pessimistic_write')
      .getMany();
  }

  async locked(tx: Tx, id: string): Promise<Delegation | null> {
    return tx.manager.findOne(DelegationEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async insert(tx: Tx, delegation: Delegation): Promise<void> {
    await tx.manager.insert(DelegationEntity, { ...delegation });
  }

  async revoke(tx: Tx, id: string): Promise<void> {
    await tx.manager.update(DelegationEntity, { id }, { revokedAt: tx.now });
  }
}
