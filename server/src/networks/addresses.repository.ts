import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { matching, pageOf, withinScope } from '../platform/database/listing.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { IpFamily } from './domain/address-plan.js';
import type { AddressState } from './domain/address-state.js';
import { AddressClaimEntity } from './networks.entity.js';
import type { AddressClaimRow, AddressFilter, HeldAddress, LiveClaim } from './networks.types.js';

const INSERT_BATCH = 400;

@Injectable()
export class AddressesRepository {
  constructor(private readonly db: DataSource) {}

  /** What rested long enough is free again; its row stays as history. Under the network's lock. */
  async endQuarantines(tx: Tx, networkId: string): Promise<void> {
    await tx.manager.query(
      `update address_claim set state = 'RELEASED', live = null, version = version + 1
       where network_id = ? and live = 1 and state = 'QUARANTINE' and quarantine_until <= ?`,
      [networkId, tx.now],
    );
  }

  /** Keys of all addresses of a family that are not free, in order. Read from the unique key alone. */
  async liveKeys(tx: Tx, networkId: string, family: IpFamily): Promise<string[]> {
    const rows: { address_key: string }[] = await tx.manager.query(
      `select address_key from address_claim
       where network_id = ? and live = 1 and address_key like ? order by address_key`,
      [networkId, family === 'IPV4' ? '4%' : '6%'],
    );
    return rows.map((row) => row.address_key);
  }

  /** Plain SQL: there may be a hundred thousand. */
  async everythingLive(now: Date): Promise<LiveClaim[]> {
    const rows: Record<string, string | null>[] = await this.db.query(
      `select id, network_id, address_key, address, state, department_id from address_claim
       where live = 1 and (state <> 'QUARANTINE' or quarantine_until > ?)`,
      [now],
    );
    return rows.map((row) => ({
      id: row.id as string,
      networkId: row.network_id as string,
      key: row.address_key as string,
      address: row.address as string,
      state: row.state as LiveClaim['state'],
      departmentId: row.department_id ?? null,
    }));
  }

  /** Which of these are not free, as "network key"; looked at, not locked. */
  async takenAmong(
    asked: readonly { readonly networkId: string; readonly key: string }[],
    now: Date,
  ): Promise<Set<string>> {
    const rows: { network_id: string; address_key: string }[] =
      asked.length === 0
        ? []
        : await this.db.query(
            `select network_id, address_key from address_claim
             where network_id in (?) and address_key in (?) and live = 1 and (state <> 'QUARANTINE' or quarantine_until > ?)`,
            [[...new Set(asked.map((each) => each.networkId))], [...new Set(asked.map((each) => each.key))], now],
          );
    return new Set(rows.map((row) => `${row.network_id} ${row.address_key}`));
  }

  /** What is not free from one key to another, with its state; at most a block of the map. */
  async statesBetween(
    networkId: string,
    first: string,
    last: string,
    now: Date,
  ): Promise<Map<string, LiveClaim['state']>> {
    const rows: { address_key: string; state: LiveClaim['state'] }[] = await this.db.query(
      `select address_key, state from address_claim
       where network_id = ? and live = 1 and address_key between ? and ?
         and (state <> 'QUARANTINE' or quarantine_until > ?)`,
      [networkId, first, last, now],
    );
    return new Map(rows.map((row) => [row.address_key, row.state]));
  }

  /** Claims of these addresses of a network that are not free at that moment, by their keys. */
  async liveAt(tx: Tx, networkId: string, keys: readonly string[]): Promise<AddressClaimRow[]> {
    const rows = await tx.manager
      .createQueryBuilder(AddressClaimEntity, 'claim')
      .where('claim.networkId = :networkId and claim.live = 1 and claim.addressKey in (:...keys)', {
        networkId,
        keys: inList(keys),
      })
      .andWhere("(claim.state <> 'QUARANTINE' or claim.quarantineUntil > :now)", { now: tx.now })
      .getMany();
    return rows.map(toRow);
  }

  /** Which of these claims have ended for good. */
  async releasedAmong(ids: readonly string[], manager = this.db.manager): Promise<string[]> {
    const rows: { id: string }[] = await manager.query(
      "select id from address_claim where id in (?) and state = 'RELEASED'",
      [inList(ids)],
    );
    return rows.map((row) => row.id);
  }

  async insert(tx: Tx, claims: readonly AddressClaimRow[]): Promise<void> {
    for (let at = 0; at < claims.length; at += INSERT_BATCH)
      await tx.manager
        .createQueryBuilder()
        .insert()
        .into(AddressClaimEntity)
        .values(
          claims
            .slice(at, at + INSERT_BATCH)
            .map((claim) => ({ ...claim, live: claim.state === 'RELEASED' ? null : 1 })),
        )
        .updateEntity(false)
        .execute();
  }

  async hadSince(tx: Tx, ids: readonly string[], since: Date): Promise<void> {
    await tx.manager.query('update address_claim set claimed_at = ?, allocated_at = ? where id in (?)', [
      since,
      since,
      inList(ids),
    ]);
  }

  async locked(tx: Tx, ids: readonly string[]): Promise<AddressClaimRow[]> {
    const rows = await tx.manager
      .createQueryBuilder(AddressClaimEntity, 'claim')
      .where('claim.id in (:...ids)', { ids: inList(ids) })
      .orderBy('claim.id')
      .setLock('pessimistic_write')
      .getMany();
    return rows.map(toRow);
  }

  async liveOfSubjects(subjectIds: readonly string[]): Promise<HeldAddress[]> {
    return this.db.query(
      `select a.subject_id as subjectId, a.address, a.family, a.state, n.code as network, n.zone, n.vlan_id as vlanId,
              if(a.family = 'IPV4', n.ipv4_prefix, n.ipv6_prefix) as prefix,
              if(a.family = 'IPV4', n.ipv4_gateway, n.ipv6_gateway) as gateway
       from address_claim a join network n on n.id = a.network_id
       where a.subject_id in (?) and a.live = 1 and a.state in ('HELD', 'ALLOCATED') order by a.address_key`,
      [inList(subjectIds)],
    );
  }

  async liveOfSubject(tx: Tx, subjectId: string): Promise<AddressClaimRow[]> {
    const rows = await tx.manager
      .createQueryBuilder(AddressClaimEntity, 'claim')
      .where({ subjectId, live: 1 })
      .orderBy('claim.id')
      .setLock('pessimistic_write')
      .getMany();
    return rows.map(toRow);
  }

  async move(
    tx: Tx,
    id: string,
    to: AddressState,
    times: Partial<Pick<AddressClaimRow, 'allocatedAt' | 'releasedAt' | 'quarantineUntil'>>,
  ): Promise<void> {
    await tx.manager
      .createQueryBuilder()
      .update(AddressClaimEntity)
      .set({ ...times, state: to, live: to === 'RELEASED' ? null : 1, version: () => 'version + 1' })
      .where('id = :id', { id })
      .execute();
  }

  /** How much of each network and family is not free, by "network family"; what these have themselves counts as free. */
  async takenByFamily(
    ownSubjectIds: readonly string[],
    now: Date,
    manager = this.db.manager,
  ): Promise<Map<string, number>> {
    type Row = { network_id: string; family: string; n: string };
    const all: Row[] = await manager.query(
      `select network_id, family, count(*) as n from address_claim
       where live = 1 and (state <> 'QUARANTINE' or quarantine_until > ?) group by network_id, family`,
      [now],
    );
    const own: Row[] =
      ownSubjectIds.length === 0
        ? []
        : await manager.query(
            `select network_id, family, count(*) as n from address_claim
             where subject_id in (?) and live = 1 and state = 'HELD' group by network_id, family`,
            [inList(ownSubjectIds)],
          );
    const taken = new Map(all.map((row) => [`${row.network_id} ${row.family}`, Number(row.n)]));
    for (const { network_id, family, n } of own)
      taken.set(`${network_id} ${family}`, (taken.get(`${network_id} ${family}`) ?? 0) - Number(n));
    return taken;
  }

  /** Machines and servers whose addresses a department only holds. */
  async heldSubjectsOf(departmentId: string, manager = this.db.manager): Promise<string[]> {
    const rows: { id: string }[] = await manager.query(
      "select distinct subject_id as id from address_claim where department_id = ? and live = 1 and state = 'HELD'",
      [departmentId],
    );
    return rows.map(({ id }) => id);
  }

  /** Networks in which a department has addresses. */
  async networksOf(departmentId: string, manager = this.db.manager): Promise<Set<string>> {
    const rows: { network_id: string }[] = await manager.query(
      `select distinct network_id from address_claim
       where department_id = ? and live = 1 and state in ('HELD', 'ALLOCATED')`,
      [departmentId],
    );
    return new Set(rows.map((row) => row.network_id));
  }

  async havingAddress(subjectIds: readonly string[], manager = this.db.manager): Promise<Set<string>> {
    const rows: { subject_id: string }[] = await manager.query(
      `select distinct subject_id from address_claim
       where subject_id in (?) and live = 1 and state in ('HELD', 'ALLOCATED')`,
      [inList(subjectIds)],
    );
    return new Set(rows.map((row) => row.subject_id));
  }

  /** HELD → RELEASED at once: what was only held has never been on the wire. */
  async cancelHeld(tx: Tx, subjectIds: readonly string[]): Promise<void> {
    await tx.manager.query(
      `update address_claim set state = 'RELEASED', live = null, released_at = ?, version = version + 1
       where subject_id in (?) and live = 1 and state = 'HELD'`,
      [tx.now, inList(subjectIds)],
    );
  }

  async allocateHeld(tx: Tx, subjectIds: readonly string[]): Promise<void> {
    await tx.manager.query(
      `update address_claim set state = 'ALLOCATED', allocated_at = ?, version = version + 1
       where subject_id in (?) and live = 1 and state = 'HELD'`,
      [tx.now, inList(subjectIds)],
    );
  }

  /** The same, and another has them from now on; a statement for some hundred. */
  async handOver(
    tx: Tx,
    holders: readonly { readonly from: string; readonly to: string }[],
    subjectType: string,
  ): Promise<void> {
    for (let at = 0; at < holders.length; at += INSERT_BATCH) {
      const batch = holders.slice(at, at + INSERT_BATCH);
      await tx.manager.query(
        `update address_claim set state = 'ALLOCATED', allocated_at = ?, version = version + 1, subject_type = ?,
           subject_id = case subject_id ${batch.map(() => 'when ? then ?').join(' ')} end
         where subject_id in (?) and live = 1 and state = 'HELD'`,
        [tx.now, subjectType, ...batch.flatMap(({ from, to }) => [from, to]), batch.map(({ from }) => from)],
      );
    }
  }

  /** What these subjects have in use is that department's; what rests stays whose it was. */
  async giveToDepartment(tx: Tx, subjectIds: readonly string[], departmentId: string | null): Promise<void> {
    await tx.manager.query(
      `update address_claim set department_id = ?, version = version + 1
       where subject_id in (?) and live = 1 and state in ('HELD', 'ALLOCATED')`,
      [departmentId, inList(subjectIds)],
    );
  }

  async byIds(scope: TenantScope, ids: readonly string[]): Promise<AddressClaimRow[]> {
    const rows = await withinScope(
      this.db.createQueryBuilder(AddressClaimEntity, 'claim').where('claim.id in (:...ids)', { ids: inList(ids) }),
      'claim.departmentId',
      scope,
    ).getMany();
    return rows.map(toRow);
  }

  /** What is not free in a network, in the order of the addresses. */
  async page(
    scope: TenantScope,
    networkId: string,
    filter: AddressFilter,
    now: Date,
    page: PageRequest,
  ): Promise<Page<AddressClaimRow>> {
    const query = this.db
      .createQueryBuilder(AddressClaimEntity, 'claim')
      .where('claim.networkId = :networkId and claim.live = 1', { networkId })
      .andWhere("(claim.state <> 'QUARANTINE' or claim.quarantineUntil > :now)", { now });
    withinScope(query, 'claim.departmentId', scope);
    if (filter.family) query.andWhere('claim.family = :family', filter);
    if (filter.origin) query.andWhere('claim.origin = :origin', filter);
    if (filter.states?.length) query.andWhere('claim.state in (:...states)', filter);
    const found = await pageOf(
      matching(query, ['claim.address', 'claim.purpose'], filter.search ?? null),
      'claim.addressKey',
      page,
    );
    return { ...found, rows: found.rows.map(toRow) };
  }

  /** Live claims of networks, counted by family and state; one statement. */
  async counts(
    networkIds: readonly string[],
    now: Date,
  ): Promise<{ networkId: string; family: IpFamily; state: AddressState; count: number }[]> {
    const rows: Record<string, string>[] = await this.db.query(
      `select network_id, family, state, count(*) as n from address_claim
       where network_id in (?) and live = 1 and (state <> 'QUARANTINE' or quarantine_until > ?)
       group by network_id, family, state`,
      [inList(networkIds), now],
    );
    return rows.map((r) => ({
      networkId: r.network_id as string,
      family: r.family as IpFamily,
      state: r.state as AddressState,
      count: Number(r.n),
    }));
  }
}

function toRow({ live: _, network: __, ...row }: AddressClaimEntity): AddressClaimRow {
  return row;
}
