import { Injectable } from '@nestjs/common';
import { DataSource, type SelectQueryBuilder } from 'typeorm';
import type { NetworkZone } from '../facilities/domain/facility.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { matching, pageOf } from '../platform/database/listing.js';
import { inAsciiList, inList, type Tx } from '../platform/database/unit-of-work.js';
import type { NetworkStack } from './domain/network.js';
import { NetworkEntity } from './networks.entity.js';
import type { NetworkFilter, NetworkRow, NetworkWords } from './networks.types.js';

const OF_STACK: { readonly [S in NetworkStack]: string } = {
  DUAL: 'network.ipv4Prefix is not null and network.ipv6Prefix is not null',
  IPV4_ONLY: 'network.ipv6Prefix is null',
  IPV6_ONLY: 'network.ipv4Prefix is null',
};

@Injectable()
export class NetworksRepository {
  constructor(private readonly db: DataSource) {}

  byIds(ids: readonly string[], manager = this.db.manager): Promise<NetworkRow[]> {
    return manager
      .createQueryBuilder(NetworkEntity, 'network')
      .where('network.id in (:...ids)', { ids: inList(ids) })
      .getMany();
  }

  all(manager = this.db.manager): Promise<NetworkRow[]> {
    return manager.createQueryBuilder(NetworkEntity, 'network').orderBy('network.code').getMany();
  }

  byCodes(codes: readonly string[]): Promise<NetworkRow[]> {
    return this.db
      .createQueryBuilder(NetworkEntity, 'network')
      .where('network.code in (:...codes)', { codes: inAsciiList(codes) })
      .getMany();
  }

  inScope(scope: TenantScope, id: string): Promise<NetworkRow | null> {
    return this.within(scope).andWhere('network.id = :id', { id }).getOne();
  }

  page(scope: TenantScope, filter: NetworkFilter, page: PageRequest): Promise<Page<NetworkRow>> {
    const query = this.within(scope);
    if (filter.centerId) query.andWhere('network.centerId = :centerId', filter);
    if (filter.zone) query.andWhere('network.zone = :zone', filter);
    if (filter.stack) query.andWhere(OF_STACK[filter.stack]);
    const columns = ['network.code', 'network.name', 'network.ipv4Prefix', 'network.ipv6Prefix'];
    return pageOf(matching(query, columns, filter.search ?? null), 'network.code', page);
  }

  /** Everyone who enters a prefix of this center and zone waits here for the others. */
  async lockPlan(tx: Tx, centerId: string, zone: NetworkZone): Promise<void> {
    await tx.manager.query(
      `insert into network_plan (center_id, zone, version) values (?, ?, 1)
       on duplicate key update version = version + 1`,
      [centerId, zone],
    );
  }

  ofPlan(tx: Tx, centerId: string, zone: NetworkZone): Promise<NetworkRow[]> {
    return tx.manager.createQueryBuilder(NetworkEntity, 'network').where({ centerId, zone }).getMany();
  }

  /** Everyone who claims an address of this network waits here for the others. */
  lock(tx: Tx, id: string): Promise<NetworkRow | null> {
    return tx.manager
      .createQueryBuilder(NetworkEntity, 'network')
      .where('network.id = :id', { id })
      .setLock('pessimistic_write')
      .getOne();
  }

  async codeTaken(tx: Tx, code: string): Promise<boolean> {
    const [row] = await tx.manager.query('select 1 as taken from network where code = ?', [code]);
    return row !== undefined;
  }

  async insertAll(tx: Tx, networks: readonly NetworkRow[]): Promise<void> {
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(NetworkEntity)
      .values(networks.map((network) => ({ ...network, reserved: [...network.reserved] })))
      .updateEntity(false)
      .execute();
  }

  async change(tx: Tx, id: string, { reserved, ...words }: Omit<NetworkWords, 'code' | 'centerId' | 'zone'>) {
    await tx.manager
      .createQueryBuilder()
      .update(NetworkEntity)
      .set({ ...words, reserved: [...reserved], version: () => 'version + 1' })
      .where('id = :id', { id })
      .execute();
  }

  /** A department sees the networks in which it has an address. */
  private within(scope: TenantScope): SelectQueryBuilder<NetworkEntity> {
    const query = this.db.createQueryBuilder(NetworkEntity, 'network').where('1 = 1');
    return scope.kind === 'PROVINCE'
      ? query
      : query.andWhere(
          `exists (select 1 from address_claim c where c.network_id = network.id and c.live = 1
                   and c.department_id in (:...scopeIds))`,
          { scopeIds: inList(scope.departmentIds) },
        );
  }
}
