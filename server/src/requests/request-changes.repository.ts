import { Injectable } from '@nestjs/common';
import { DataSource, In, Not } from 'typeorm';
import { bulkInsert } from '../platform/database/bulk-insert.js';
import { newId } from '../platform/database/ids.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { RequestChangeEntity } from './request-changes.entity.js';
import type { ChangeRow, ChangeState, NewChange } from './request-changes.types.js';

const COLUMNS = [
  'id',
  'requestId',
  'lineId',
  'resourceId',
  'claimId',
  'what',
  'fromVcpu',
  'fromMemoryMib',
  'fromDiskGib',
  'toVcpu',
  'toMemoryMib',
  'toDiskGib',
  'claimVcpu',
  'claimMemoryMib',
  'claimDiskGib',
  'fromFen',
  'toFen',
  'state',
  'doneAt',
  'doneNumber',
] as const satisfies readonly (keyof ChangeRow)[];

/** Behind everything that has a number. */
const LAST = Number.MAX_SAFE_INTEGER;

@Injectable()
export class RequestChangesRepository {
  constructor(private readonly db: DataSource) {}

  /** In place of what the request said before. */
  async replace(
    tx: Tx,
    requestId: string,
    lines: readonly { readonly lineId: string; readonly changes: readonly NewChange[] }[],
  ): Promise<void> {
    await tx.manager.delete(RequestChangeEntity, { requestId });
    await this.add(tx, requestId, lines, 'ASKED');
  }

  async add(
    tx: Tx,
    requestId: string,
    lines: readonly { readonly lineId: string; readonly changes: readonly NewChange[] }[],
    state: Extract<ChangeState, 'ASKED' | 'UNDERWAY'>,
  ): Promise<void> {
    const rows = lines.flatMap(({ lineId, changes }) =>
      changes.map(
        (change): ChangeRow => ({
          ...change,
          id: newId(tx.now.getTime()),
          requestId,
          lineId,
          state,
          doneAt: null,
          doneNumber: null,
        }),
      ),
    );
    if (rows.length > 0) await bulkInsert(tx, 'request_change', COLUMNS, rows);
  }

  /** In the order in which they were made. */
  async ofRequest(requestId: string, tx?: Tx): Promise<ChangeRow[]> {
    return (tx?.manager ?? this.db.manager).find(RequestChangeEntity, { where: { requestId }, order: { id: 'ASC' } });
  }

  async ofRequests(requestIds: readonly string[]): Promise<ChangeRow[]> {
    return this.db.manager.find(RequestChangeEntity, {
      where: { requestId: In(inList(requestIds) as string[]) },
      order: { id: 'ASC' },
    });
  }

  /**
   * Those of one resource that were granted: what is done in its order, then what is under way. One that leaves is none:
   * it costs what it did until it is gone from the bin, or goes on.
   */
  async grantedOf(tx: Tx, resourceId: string): Promise<ChangeRow[]> {
    const rows = await tx.manager.find(RequestChangeEntity, {
      where: { resourceId, state: In(['UNDERWAY', 'DONE']), what: Not('LEAVE') },
    });
    return rows.toSorted((a, b) => (a.doneNumber ?? LAST) - (b.doneNumber ?? LAST));
  }

  /** Lines of changes, carried out or on their way, in which these resources are. */
  async linesThatChanged(tx: Tx, resourceIds: readonly string[]): Promise<string[]> {
    const rows: { lineId: string }[] = await tx.manager.query(
      "select distinct line_id as lineId from request_change where resource_id in (?) and state <> 'ASKED'",
      [inList(resourceIds)],
    );
    return rows.map(({ lineId }) => lineId);
  }

  async begin(tx: Tx, requestId: string): Promise<void> {
    await tx.manager.query("update request_change set state = 'UNDERWAY' where request_id = ? and state = 'ASKED'", [
      requestId,
    ]);
  }

  /** false = it was done before. Whoever calls has the resource's row locked: its changes are numbered one by one. */
  async markDone(tx: Tx, { id, resourceId }: Pick<ChangeRow, 'id' | 'resourceId'>): Promise<boolean> {
    const [last] = await tx.manager.query('select max(done_number) as n from request_change where resource_id = ?', [
      resourceId,
    ]);
    const done: { affectedRows: number } = await tx.manager.query(
      "update request_change set state = 'DONE', done_at = ?, done_number = ? where id = ? and state = 'UNDERWAY'",
      [tx.now, Number(last.n ?? 0) + 1, id],
    );
    return done.affectedRows === 1;
  }

  async countUnderWay(tx: Tx, requestId: string): Promise<number> {
    const [row] = await tx.manager.query(
      "select count(*) as n from request_change where request_id = ? and state <> 'DONE'",
      [requestId],
    );
    return Number(row.n);
  }
}
