import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { inList } from '../platform/database/unit-of-work.js';
import { type SqlRow, toCabinet, toCabinetRow, toHolder } from './cabinet-rows.js';
import { type Discrepancy, recountCabinet, recountRecord, recountRow, type Slot } from './domain/recount.js';

const CABINETS_PER_RECOUNT = 200;
const ROWS_PER_RECOUNT = 50;

export interface Recount {
  readonly cabinets: number;
  readonly rows: number;
  readonly discrepancies: readonly Discrepancy[];
}

/** Counts again what is kept as counters. For tests, and for whoever doubts the figures (`jiyun cabinets recount`). */
@Injectable()
export class RecountService {
  constructor(private readonly db: DataSource) {}

  /** What the counters say against what slots and holders add up to; empty = nothing is wrong. */
  async recount(): Promise<readonly Discrepancy[]> {
    return (await this.run()).discrepancies;
  }

  /** Piece by piece, each out of one snapshot: whoever works meanwhile is neither kept waiting nor taken for a mistake. */
  async run(): Promise<Recount> {
    const ids = await this.idsOf('cabinet');
    const rowIds = await this.idsOf('cabinet_row');
    const found: Discrepancy[] = [];
    for (let at = 0; at < ids.length; at += CABINETS_PER_RECOUNT)
      found.push(...(await this.snapshot((manager) => ofCabinets(manager, ids.slice(at, at + CABINETS_PER_RECOUNT)))));
    for (let at = 0; at < rowIds.length; at += ROWS_PER_RECOUNT)
      found.push(...(await this.snapshot((manager) => ofRows(manager, rowIds.slice(at, at + ROWS_PER_RECOUNT)))));
    return { cabinets: ids.length, rows: rowIds.length, discrepancies: found };
  }

  private async idsOf(table: 'cabinet' | 'cabinet_row'): Promise<string[]> {
    const rows: { id: string }[] = await this.db.query(`select id from ${table} order by id`);
    return rows.map((row) => row.id);
  }

  private snapshot<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.db.transaction('REPEATABLE READ', work);
  }
}

async function ofCabinets(manager: EntityManager, ids: readonly string[]): Promise<Discrepancy[]> {
  const ask = (sql: string): Promise<SqlRow[]> => manager.query(sql, [inList(ids)]);
  const cabinets = (await ask('select * from cabinet where id in (?)')).map(toCabinet);
  const all = (await ask("select * from cabinet_holder where cabinet_id in (?) and state <> 'RELEASED'")).map(toHolder);
  const holders = Map.groupBy(all, (holder) => holder.cabinetId);
  const slots = Map.groupBy(
    (await ask('select cabinet_id, half_unit, face, holder_id from cabinet_slot where cabinet_id in (?)')).map(toSlot),
    (slot) => slot.cabinetId,
  );
  const lines = await ask(
    `select e.* from cabinet_holder_event e join cabinet_holder h on h.id = e.holder_id
     where h.cabinet_id in (?) and h.state <> 'RELEASED' and e.version = h.version`,
  );
  const last = new Map(lines.map((line) => [line.holder_id as string, toHolder(line)]));
  return [
    ...cabinets.flatMap((cabinet) =>
      recountCabinet(cabinet, holders.get(cabinet.id) ?? [], slots.get(cabinet.id) ?? []),
    ),
    ...all.flatMap((holder) => recountRecord(holder, last.get(holder.id))),
  ];
}

async function ofRows(manager: EntityManager, ids: readonly string[]): Promise<Discrepancy[]> {
  const ask = (sql: string): Promise<SqlRow[]> => manager.query(sql, [inList(ids)]);
  const rows = (await ask('select * from cabinet_row where id in (?)')).map(toCabinetRow);
  const cabinets = Map.groupBy((await ask('select * from cabinet where row_id in (?)')).map(toCabinet), (c) => c.rowId);
  return rows.flatMap((row) => recountRow(row, cabinets.get(row.id) ?? []));
}

function toSlot(row: SqlRow): Slot {
  return {
    cabinetId: row.cabinet_id as string,
    startHalfUnit: row.half_unit as number,
    heightHalfUnits: 1,
    face: row.face as 'FRONT' | 'REAR',
    holderId: row.holder_id as string,
  };
}
