import { Injectable } from '@nestjs/common';
import { DataSource, In, Not } from 'typeorm';
import { bulkInsert } from '../platform/database/bulk-insert.js';
import { newId } from '../platform/database/ids.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { ChangeState } from './request-changes.types.js';
import { RequestItemChangeEntity } from './request-item-changes.entity.js';
import type { ItemChangeRow, NewItemChange } from './request-item-changes.types.js';

const COLUMNS = [
  'id',
  'requestId',
  'lineId',
  'itemId',
  'subjectId',
  'what',
  'fromHalfUnits',
  'fromPowerW',
  'fromWeightGrams',
  'toHalfUnits',
  'toPowerW',
  'toWeightGrams',
  'fromFen',
  'toFen',
  'state',
  'doneAt',
  'doneNumber',
] as const satisfies readonly (keyof ItemChangeRow)[];

interface OfLine {
  readonly lineId: string;
  readonly changes: readonly NewItemChange[];
}

/** What changes do to servers and places: the twin of `RequestChangesRepository`. */
@Injectable()
export class RequestItemChangesRepository {
  constructor(private readonly db: DataSource) {}

  /** In place of what the request said before. */
  async replace(tx: Tx, requestId: string, lines: readonly OfLine[]): Promise<void> {
    await tx.manager.delete(RequestItemChangeEntity, { requestId });
    await this.add(tx, requestId, lines, 'ASKED');
  }

  async add(
    tx: Tx,
    requestId: string,
    lines: readonly OfLine[],
    state: Extract<ChangeState, 'ASKED' | 'UNDERWAY'>,
  ): Promise<void> {
    const rows = lines.flatMap(({ lineId, changes }) =>
      changes.map(
        (change): ItemChangeRow => ({
          ...change,
          ...{ id: newId(tx.now.getTime()), requestId, lineId, state, doneAt: null, doneNumber: null },
        }),
      ),
    );
    if (rows.length > 0) await bulkInsert(tx, 'request_item_change', COLUMNS, rows);
  }

  async ofRequests(requestIds: readonly string[], tx?: Tx): Promise<ItemChangeRow[]> {
    return (tx?.manager ?? this.db.manager).find(RequestItemChangeEntity, {
      where: { requestId: In(inList(requestIds) as string[]) },
      order: { id: 'ASC' },
    });
  }

  /**
   * What of these things was changed, in its order. One that leaves is none: it costs what it did until it is gone. One that
   * was made is its line's from the grant on, and costs what its change reserved, however long people take to hand it over.
   */
  async doneOf(itemIds: readonly string[], tx?: Tx): Promise<ItemChangeRow[]> {
    const itemId = In(inList(itemIds) as string[]);
    return (tx?.manager ?? this.db.manager).find(RequestItemChangeEntity, {
      where: [
        { itemId, state: 'DONE', what: Not('LEAVE') },
        { itemId, state: 'UNDERWAY', what: 'MAKE' },
      ],
      order: { itemId: 'ASC', doneNumber: 'ASC' },
    });
  }

  /** Places of these that are being made smaller, or leave: nothing more is put into them. */
  async shrinking(tx: Tx, subjectIds: readonly string[]): Promise<ReadonlySet<string>> {
    const rows: { id: string }[] = await tx.manager.query(
      `select c.subject_id as id from request_item_change c join request_line l on l.open_change_id = c.request_id
         join request_line own on own.id = c.line_id and own.changed_line_id = l.id
       where c.subject_id in (?) and c.state <> 'DONE' and (c.what = 'LEAVE' or c.to_half_units < c.from_half_units
         or c.to_power_w < c.from_power_w or c.to_weight_grams < c.from_weight_grams)`,
      [inList(subjectIds)],
    );
    return new Set(rows.map(({ id }) => id));
  }

  async begin(tx: Tx, requestId: string): Promise<void> {
    await tx.manager.query(
      "update request_item_change set state = 'UNDERWAY' where request_id = ? and state = 'ASKED'",
      [requestId],
    );
  }

  /** false = it was done before. Whoever calls has the request's row locked, and the line is open for one change only. */
  async markDone(tx: Tx, { id, itemId }: Pick<ItemChangeRow, 'id' | 'itemId'>): Promise<boolean> {
    const [last] = await tx.manager.query('select max(done_number) as n from request_item_change where item_id = ?', [
      itemId,
    ]);
    const done: { affectedRows: number } = await tx.manager.query(
      "update request_item_change set state = 'DONE', done_at = ?, done_number = ? where id = ? and state = 'UNDERWAY'",
      [tx.now, Number(last.n ?? 0) + 1, id],
    );
    return done.affectedRows === 1;
  }

  /** Of these that are to leave what is under way; they have left by another act. */
  async leaving(tx: Tx, itemIds: readonly string[]): Promise<ItemChangeRow[]> {
    return tx.manager.find(RequestItemChangeEntity, {
      where: { itemId: In(inList(itemIds) as string[]), state: 'UNDERWAY', what: 'LEAVE' },
    });
  }

  async countUnderWay(tx: Tx, requestId: string): Promise<number> {
    const [row] = await tx.manager.query(
      "select count(*) as n from request_item_change where request_id = ? and state <> 'DONE'",
      [requestId],
    );
    return Number(row.n);
  }
}
