import { Injectable } from '@nestjs/common';
import { DataSource, type SelectQueryBuilder } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import { bulkInsert } from '../platform/database/bulk-insert.js';
import { matching, newestOf } from '../platform/database/listing.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { ServerBesideHosts } from './domain/host-mismatch.js';
import type { ServerState } from './domain/server-state.js';
import { HostMismatchEntity } from './host-mismatches.entity.js';
import type { HostMismatchFilter, HostMismatchRow, MismatchValues } from './host-mismatches.types.js';

const COLUMNS = [
  ...(['id', 'centerId', 'side', 'subjectId', 'hostNamespace', 'hostName', 'serverId', 'problem', 'serial'] as const),
  ...(['hardware', 'bmcAddress', 'message', 'firstSeenAt', 'state', 'decidedBy', 'decidedAt', 'reason'] as const),
  ...(['endedAt', 'version', 'live'] as const),
];

/** Those see them who answer for the place, so reads take no scope. */
@Injectable()
export class HostMismatchesRepository {
  constructor(private readonly db: DataSource) {}

  async insert(tx: Tx, rows: readonly HostMismatchRow[]): Promise<void> {
    const flat = rows.map(({ host, ...row }) => ({
      ...row,
      hostNamespace: host?.namespace ?? null,
      hostName: host?.name ?? null,
    }));
    await bulkInsert(tx, 'host_mismatch', COLUMNS, flat);
  }

  async standingOf(centerId: string): Promise<HostMismatchRow[]> {
    const found = await this.db.manager.find(HostMismatchEntity, {
      where: { centerId, live: 1 },
      order: { id: 'ASC' },
    });
    return found.map(rowOf);
  }

  /** The row, locked until commit. */
  async locked(tx: Tx, id: string | undefined): Promise<HostMismatchRow | null> {
    if (id === undefined) return null;
    const lock = { mode: 'pessimistic_write' } as const;
    const found = await tx.manager.findOne(HostMismatchEntity, { where: { id }, lock });
    return found && rowOf(found);
  }

  /** false = somebody was faster; the next look says it again. */
  async update(tx: Tx, row: Pick<HostMismatchRow, 'id' | 'version'>, values: MismatchValues): Promise<boolean> {
    const { id, version } = row;
    const done = await tx.manager.update(HostMismatchEntity, { id, version }, { ...values, version: version + 1 });
    return done.affected === 1;
  }

  async byId(id: string): Promise<HostMismatchRow | null> {
    const found = await this.db.manager.findOneBy(HostMismatchEntity, { id });
    return found && rowOf(found);
  }

  async page(filter: HostMismatchFilter, page: PageRequest): Promise<Page<HostMismatchRow>> {
    const found = await newestOf(() => this.filtered(filter), 'm.firstSeenAt', 'm.id', page);
    return { ...found, rows: found.rows.map(rowOf) };
  }

  async serversBeside(centerId: string): Promise<ServerBesideHosts[]> {
    const rows: Record<string, string | null>[] = await this.db.query(
      `select s.id, s.serial, s.cluster_host_namespace as namespace, s.cluster_host_name as name, s.state,
         s.bmc_address as bmcAddress, h.management
       from server s left join server_host h on h.server_id = s.id
       where s.center_id = ? and s.state <> 'RETIRED' order by s.id`,
      [centerId],
    );
    return rows.map(({ bmcAddress, id, management, name, namespace, serial, state }) => ({
      ...{ id: id as string, serial: serial as string, state: state as ServerState, bmcAddress: bmcAddress ?? null },
      host: namespace && name ? { namespace, name } : null,
      byHand: management === 'RECORDED',
    }));
  }

  private filtered({ centerId, search, sides, states }: HostMismatchFilter): SelectQueryBuilder<HostMismatchEntity> {
    const query = this.db.manager.createQueryBuilder(HostMismatchEntity, 'm').where('1 = 1');
    if (states.length > 0) query.andWhere('m.state in (:...states)', { states });
    if (sides.length > 0) query.andWhere('m.side in (:...sides)', { sides });
    if (centerId) query.andWhere('m.centerId = :centerId', { centerId });
    if (search === null) return query;
    query.leftJoin('server', 's', 's.id = m.server_id');
    return matching(query, ['m.hostName', 'm.serial', 'm.bmcAddress', 's.asset_number'], search);
  }
}

function rowOf({ hostName: name, hostNamespace: namespace, ...row }: HostMismatchEntity): HostMismatchRow {
  return { ...row, host: name === null || namespace === null ? null : { namespace, name } };
}
