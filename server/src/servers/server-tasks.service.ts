import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { matching, withinScope } from '../platform/database/listing.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { DesiredHost, HostReading, ServerHostRow } from './domain/host-record.js';
import { isUnderWay, type ServerTaskState, serverTaskOf } from './domain/server-task.js';
import { ServerTaskEntity } from './server-task.entity.js';
import type { ServerRow } from './servers.types.js';

export type ServerTaskRow = Readonly<Omit<ServerTaskEntity, 'server'>>;

/** As long as tasks of machines are kept; what became of a server stands in its own history for ever. */
const KEPT_DAYS = 92;
const DAY_MS = 86_400_000;
/** What one release or installation takes away at most, so that it keeps nobody waiting. */
const PRUNED_AT_ONCE = 100;

export interface ServerTaskFilter {
  readonly centerId: string | null;
  readonly serverId: string | null;
  readonly states: readonly ServerTaskState[];
  readonly search: string | null;
}

/** 任务日志 of servers: written with each reading of a host, which is once for each change. */
@Injectable()
export class ServerTasks {
  constructor(private readonly db: DataSource) {}

  /** `before` is the host's record as it was, its server locked. What ended stays as it ended. */
  async seen(
    tx: Tx,
    server: Pick<ServerRow, 'id' | 'centerId' | 'departmentId' | 'systemId'>,
    seen: DesiredHost,
    before: ServerHostRow,
    reading: HostReading,
  ): Promise<void> {
    const task = serverTaskOf(seen, reading);
    if (task === null) return;
    const { kind, state, wish } = task;
    const known = await tx.manager.findOneBy(ServerTaskEntity, { serverId: server.id, wish });
    if (known?.endedAt) return;
    const values = {
      state,
      progressPercent: reading.progressPercent,
      text: reading.statusText,
      tries: reading.tries,
      changedAt: tx.now,
      endedAt: state === 'DONE' ? tx.now : null,
    };
    if (known) await tx.manager.update(ServerTaskEntity, { id: known.id }, values);
    else if (isUnderWay(task, before)) {
      await this.supersede(tx, server.id);
      const whose = { departmentId: server.departmentId, systemId: server.systemId, centerId: server.centerId };
      await tx.manager.insert(ServerTaskEntity, {
        ...{ id: newId(tx.now.getTime()), serverId: server.id, ...whose, wish, kind, begunAt: tx.now },
        ...values,
      });
      await this.prune(tx);
    }
  }

  /** Newest wish first. */
  async page(scope: TenantScope, filter: ServerTaskFilter, page: PageRequest): Promise<Page<ServerTaskRow>> {
    const query = this.db.manager.createQueryBuilder(ServerTaskEntity, 't').where('1 = 1');
    if (filter.centerId !== null) query.andWhere('t.centerId = :centerId', { centerId: filter.centerId });
    if (filter.serverId !== null) query.andWhere('t.serverId = :serverId', { serverId: filter.serverId });
    if (filter.states.length > 0) query.andWhere('t.state in (:...states)', { states: inList(filter.states) });
    if (filter.search !== null) query.innerJoin('t.server', 's');
    matching(withinScope(query, 't.departmentId', scope), ['s.assetNumber', 's.serial'], filter.search);
    const totalCount = await query.getCount();
    if (page.after) query.andWhere('t.id < :after', { after: page.after[0] });
    const rows = await query
      .orderBy('t.id', 'DESC')
      .limit(page.first + 1)
      .getMany();
    return { rows: rows.slice(0, page.first), totalCount, hasNextPage: rows.length > page.first };
  }

  async inScope(scope: TenantScope, id: string): Promise<ServerTaskRow | null> {
    const query = this.db.manager.createQueryBuilder(ServerTaskEntity, 't').where('t.id = :id', { id });
    return withinScope(query, 't.departmentId', scope).getOne();
  }

  private async supersede(tx: Tx, serverId: string): Promise<void> {
    await tx.manager.query(
      "update server_task set state = 'SUPERSEDED', changed_at = ?, ended_at = ? where server_id = ? and ended_at is null",
      [tx.now, tx.now, serverId],
    );
  }

  private async prune(tx: Tx): Promise<void> {
    const before = new Date(tx.now.getTime() - KEPT_DAYS * DAY_MS);
    await tx.manager.query('delete from server_task where ended_at < ? order by ended_at, id limit ?', [
      before,
      PRUNED_AT_ONCE,
    ]);
  }
}
