import { Injectable } from '@nestjs/common';
import { DataSource, type SelectQueryBuilder } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { withinScope } from '../platform/database/listing.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { PolicyState } from './domain/network-policy.js';
import { NetworkPolicyEntity, NetworkPolicySiteEntity } from './network-policies.entity.js';

export type PolicyRow = NetworkPolicyEntity;
export type PolicySiteRow = Omit<NetworkPolicySiteEntity, 'policy'>;

@Injectable()
export class NetworkPoliciesRepository {
  constructor(private readonly db: DataSource) {}

  async insert(tx: Tx, policy: PolicyRow): Promise<void> {
    await tx.manager.insert(NetworkPolicyEntity, { ...policy, ports: [...policy.ports] });
  }

  async update(tx: Tx, id: string, values: Partial<Omit<PolicyRow, 'ports'>>): Promise<void> {
    await tx.manager.update(NetworkPolicyEntity, { id }, values);
  }

  locked(tx: Tx, scope: TenantScope, id: string | undefined): Promise<PolicyRow | null> {
    if (id === undefined) return Promise.resolve(null);
    return this.scoped(scope, tx.manager).andWhere('p.id = :id', { id }).setLock('pessimistic_write').getOne();
  }

  /** What a line of a request asked for. */
  lockedOfLine(tx: Tx, lineId: string): Promise<PolicyRow | null> {
    return tx.manager.findOne(NetworkPolicyEntity, { where: { lineId }, lock: { mode: 'pessimistic_write' } });
  }

  inScope(scope: TenantScope, id: string): Promise<PolicyRow | null> {
    return this.scoped(scope).andWhere('p.id = :id', { id }).getOne();
  }

  async page(
    scope: TenantScope,
    filter: { readonly systemId: string | null; readonly states: readonly PolicyState[] | null },
    page: PageRequest,
  ): Promise<Page<PolicyRow>> {
    const filtered = () => {
      const query = this.scoped(scope);
      if (filter.systemId) query.andWhere('p.systemId = :systemId', { systemId: filter.systemId });
      if (filter.states?.length) query.andWhere('p.state in (:...states)', { states: filter.states });
      return query;
    };
    const totalCount = await filtered().getCount();
    const query = filtered().orderBy('p.createdAt', 'DESC').addOrderBy('p.id', 'DESC');
    if (page.after)
      query.andWhere('(p.createdAt < :at or (p.createdAt = :at and p.id < :id))', {
        at: new Date(page.after[0] as string),
        id: page.after[1],
      });
    const rows = await query.take(page.first + 1).getMany();
    return { rows: rows.slice(0, page.first), totalCount, hasNextPage: rows.length > page.first };
  }

  async addSites(tx: Tx, sites: readonly PolicySiteRow[]): Promise<void> {
    if (sites.length > 0) await tx.manager.insert(NetworkPolicySiteEntity, [...sites]);
  }

  sitesOf(policyIds: readonly string[], tx?: Tx): Promise<PolicySiteRow[]> {
    return (tx?.manager ?? this.db.manager)
      .createQueryBuilder(NetworkPolicySiteEntity, 's')
      .where('s.policyId in (:...ids)', { ids: inList(policyIds) })
      .orderBy('s.policyId')
      .addOrderBy('s.centerId')
      .addOrderBy('s.mode')
      .getMany();
  }

  /**
   * Those that hold and miss a place: their system has machines in a center, or of a management, that it had not when they
   * were opened.
   */
  async missingSites(limit: number): Promise<string[]> {
    const rows: { id: string }[] = await this.db.query(
      `select distinct p.id from network_policy p
       join resource r on r.system_id = p.system_id and r.state not in ('RELEASING', 'RELEASED')
       left join network_policy_site s on s.policy_id = p.id and s.center_id = r.center_id
         and s.mode = if(r.management = 'DRIVEN' and p.protocol <> 'ICMP', 'DRIVEN', 'RECORDED')
       where p.state = 'ACTIVE' and s.policy_id is null
       order by p.id limit ?`,
      [limit],
    );
    return rows.map((row) => row.id);
  }

  async updateSite(
    tx: Tx,
    { policyId, centerId, mode }: Pick<PolicySiteRow, 'policyId' | 'centerId' | 'mode'>,
    values: Partial<PolicySiteRow>,
  ): Promise<void> {
    // Callers hand over whole rows: only the key names the row, or a null in it would be taken for a condition.
    await tx.manager.update(NetworkPolicySiteEntity, { policyId, centerId, mode }, values);
  }

  /** What a center's cluster is to hold, or to be rid of: nothing of it is over there. */
  async drivenIn(centerId: string): Promise<{ policy: PolicyRow; site: PolicySiteRow }[]> {
    const sites = await this.db
      .createQueryBuilder(NetworkPolicySiteEntity, 's')
      .where("s.centerId = :centerId and s.mode = 'DRIVEN' and s.phase <> 'REMOVED'", { centerId })
      .getMany();
    const policies = await this.db
      .createQueryBuilder(NetworkPolicyEntity, 'p')
      .where('p.id in (:...ids)', { ids: inList(sites.map((site) => site.policyId)) })
      .getMany();
    const byId = new Map(policies.map((policy) => [policy.id, policy]));
    return sites.flatMap((site) => {
      const policy = byId.get(site.policyId);
      return policy ? [{ policy, site }] : [];
    });
  }

  /** Which of the ids are policies of the record, whatever became of them. */
  async known(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const rows: { id: string }[] = await this.db
      .createQueryBuilder(NetworkPolicyEntity, 'p')
      .select('p.id', 'id')
      .where('p.id in (:...ids)', { ids: inList(ids) })
      .getRawMany();
    return new Set(rows.map(({ id }) => id));
  }

  /** Those that hold and end by that day. */
  endingBy(day: string, limit: number): Promise<PolicyRow[]> {
    return this.db
      .createQueryBuilder(NetworkPolicyEntity, 'p')
      .where("p.state = 'ACTIVE' and p.untilDate <= :day", { day })
      .orderBy('p.untilDate')
      .addOrderBy('p.id')
      .limit(limit)
      .getMany();
  }

  private scoped(scope: TenantScope, manager = this.db.manager): SelectQueryBuilder<NetworkPolicyEntity> {
    return withinScope(
      manager.createQueryBuilder(NetworkPolicyEntity, 'p').where('1 = 1'),
      'p.departmentId',
      scope,
      'p.systemId in (:...scopeSystemIds)',
    );
  }
}
