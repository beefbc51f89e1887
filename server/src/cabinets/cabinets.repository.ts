import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { snakeOf } from '../platform/database/snake-names.js';
import { DUPLICATE_KEY_ERRNO, errnoOf, inList, type Tx, WriteConflict } from '../platform/database/unit-of-work.js';
import { type SqlRow, toCabinet, toCabinetRow, toHolder, toRoom } from './cabinet-rows.js';
import type { CabinetFilter, CabinetOrder, HolderPlace } from './cabinets.types.js';
import type { Cabinet, CabinetRow, Room } from './domain/cabinet.js';
import { type Holder, LIVE_STATES } from './domain/holder.js';

/** Rows of one bulk insert; well below the packet limit of every engine. */
const INSERT_BATCH = 500;

/** Sorted by this column, the id breaking ties. */
const ORDERS: { readonly [O in CabinetOrder]: { readonly by: string; readonly direction: 'asc' | 'desc' } } = {
  CODE: { by: 'c.code', direction: 'asc' },
  FREE_UNITS: { by: 'c.free_half_units', direction: 'desc' },
  LONGEST_FREE_RUN: { by: 'c.longest_full_half_units', direction: 'desc' },
  FREE_POWER: { by: 'c.power_limit_w - c.power_w', direction: 'desc' },
  FREE_WEIGHT: { by: 'c.weight_limit_grams - c.weight_grams', direction: 'desc' },
};

export function sortKey(order: CabinetOrder, cabinet: Cabinet): string {
  switch (order) {
    case 'CODE':
      return cabinet.code;
    case 'FREE_UNITS':
      return String(cabinet.freeHalfUnits);
    case 'LONGEST_FREE_RUN':
      return String(cabinet.longestFullHalfUnits);
    case 'FREE_POWER':
      return String(cabinet.powerLimitW - cabinet.powerW);
    case 'FREE_WEIGHT':
      return String(cabinet.weightLimitGrams - cabinet.weightGrams);
  }
}

/** Conditions and their values, side by side. */
class Where {
  readonly conditions: string[] = ['1 = 1'];
  readonly values: unknown[] = [];

  and(condition: string, ...values: unknown[]): this {
    this.conditions.push(condition);
    this.values.push(...values);
    return this;
  }

  get sql(): string {
    return this.conditions.join(' and ');
  }
}

/**
 * A department sees the cabinets that are wholly its own and those in which something of its own stands or is promised;
 * of rooms and rows those that have such a cabinet.
 */
function visible(where: Where, scope: TenantScope): Where {
  if (scope.kind === 'PROVINCE') return where;
  const ids = inList(scope.departmentIds);
  return where.and(
    `(c.department_id in (?) or exists (select 1 from cabinet_holder h where h.cabinet_id = c.id
       and h.department_id in (?) and h.state in (?)))`,
    ids,
    ids,
    LIVE_STATES,
  );
}

@Injectable()
export class CabinetsRepository {
  constructor(private readonly db: DataSource) {}

  async rooms(
    scope: TenantScope,
    by: { readonly centerId: string } | { readonly ids: readonly string[] },
  ): Promise<Room[]> {
    const where = new Where();
    if ('centerId' in by) where.and('r.center_id = ?', by.centerId);
    else where.and('r.id in (?)', inList(by.ids));
    if (scope.kind !== 'PROVINCE') {
      const inside = visible(new Where().and('c.room_id = r.id'), scope);
      where.and(`exists (select 1 from cabinet c where ${inside.sql})`, ...inside.values);
    }
    return (await this.rowsOf(`select r.* from room r where ${where.sql} order by r.code`, where.values)).map(toRoom);
  }

  async cabinetRows(
    scope: TenantScope,
    by: { readonly roomIds: readonly string[] } | { readonly ids: readonly string[] },
  ): Promise<CabinetRow[]> {
    const where = new Where();
    if ('ids' in by) where.and('w.id in (?)', inList(by.ids));
    else where.and('w.room_id in (?)', inList(by.roomIds));
    if (scope.kind !== 'PROVINCE') {
      const inside = visible(new Where().and('c.row_id = w.id'), scope);
      where.and(`exists (select 1 from cabinet c where ${inside.sql})`, ...inside.values);
    }
    const rows = await this.rowsOf(`select w.* from cabinet_row w where ${where.sql} order by w.code`, where.values);
    return rows.map(toCabinetRow);
  }

  /** In the order in which they stand. */
  async cabinets(
    scope: TenantScope,
    by: { readonly [K in 'ids' | 'roomIds' | 'rowIds']?: readonly string[] },
  ): Promise<Cabinet[]> {
    const where = visible(new Where(), scope);
    if (by.ids) where.and('c.id in (?)', inList(by.ids));
    if (by.roomIds) where.and('c.room_id in (?)', inList(by.roomIds));
    if (by.rowIds) where.and('c.row_id in (?)', inList(by.rowIds));
    const rows = await this.rowsOf(
      `select c.* from cabinet c where ${where.sql} order by c.row_id, c.position, c.code`,
      where.values,
    );
    return rows.map(toCabinet);
  }

  /** Two statements, whatever the page's size: everything that a list shows stands in the cabinet's own row. */
  async page(
    scope: TenantScope,
    filter: CabinetFilter,
    order: CabinetOrder,
    page: PageRequest,
  ): Promise<Page<Cabinet>> {
    const where = filtered(visible(new Where(), scope), filter);
    const [{ n }] = (await this.rowsOf(`select count(*) as n from cabinet c where ${where.sql}`, where.values)) as [
      SqlRow,
    ];
    const { by, direction } = ORDERS[order];
    if (page.after) {
      const [key = '', id] = page.after;
      const value = order === 'CODE' ? key : Number(key) || 0;
      const beyond = direction === 'asc' ? '>' : '<';
      where.and(`(${by} ${beyond} ? or (${by} = ? and c.id > ?))`, value, value, id);
    }
    const rows = await this.rowsOf(
      `select c.* from cabinet c where ${where.sql} order by ${by} ${direction}, c.id limit ?`,
      [...where.values, page.first + 1],
    );
    return {
      rows: rows.slice(0, page.first).map(toCabinet),
      totalCount: Number(n),
      hasNextPage: rows.length > page.first,
    };
  }

  /** Live ones, from the bottom up. */
  async holdersOf(cabinetIds: readonly string[]): Promise<Holder[]> {
    const rows = await this.rowsOf(
      'select h.* from cabinet_holder h where h.cabinet_id in (?) and h.state in (?) order by h.start_half_unit, h.face, h.id',
      [inList(cabinetIds), LIVE_STATES],
    );
    return rows.map(toHolder);
  }

  /** Where things stand, of those that stand anywhere; the newest place of each. */
  async placesOfSubjects(subjectIds: readonly string[]): Promise<HolderPlace[]> {
    const rows = await this.rowsOf(
      `select h.*, c.center_id, c.room_id, c.row_id, c.code as cabinet_code, c.height_units, c.starting_unit, c.numbering
       from cabinet_holder h join cabinet c on c.id = h.cabinet_id
       where h.subject_id in (?) and h.state in (?) and h.planned_for_id is null order by h.id`,
      [inList(subjectIds), LIVE_STATES],
    );
    return rows.map((row) => ({
      ...toHolder(row),
      cabinet: {
        id: row.cabinet_id as string,
        code: row.cabinet_code as string,
        centerId: row.center_id as string,
        roomId: row.room_id as string,
        rowId: row.row_id as string,
        heightUnits: row.height_units as number,
        startingUnit: row.starting_unit as number,
        numbering: row.numbering as Cabinet['numbering'],
      },
    }));
  }

  async insert(
    tx: Tx,
    rooms: readonly Room[],
    cabinetRows: readonly CabinetRow[],
    cabinets: readonly Cabinet[],
  ): Promise<void> {
    try {
      await insertAll(tx, 'room', ROOM_COLUMNS, rooms);
      await insertAll(tx, 'cabinet_row', ROW_COLUMNS, cabinetRows);
      await insertAll(tx, 'cabinet', CABINET_COLUMNS, cabinets);
    } catch (error) {
      // Callers look whether a code is taken first; only one at the same moment comes here.
      if (errnoOf(error) === DUPLICATE_KEY_ERRNO) throw new WriteConflict('a code was taken meanwhile');
      throw error;
    }
  }

  /** Of these codes those that are taken in the center (rooms), the room (rows, cabinets). */
  async codesTaken(
    tx: Tx,
    table: 'room' | 'cabinet_row' | 'cabinet',
    within: string,
    codes: readonly string[],
  ): Promise<Set<string>> {
    const parent = table === 'room' ? 'center_id' : 'room_id';
    const rows: { code: string }[] = await tx.manager.query(
      `select code from ${table} where ${parent} = ? and code in (?)`,
      [within, inList(codes)],
    );
    return new Set(rows.map((row) => row.code));
  }

  /** Its plan stays as it is until the transaction ends: for whoever puts something on it. */
  roomKept(tx: Tx, id: string): Promise<Room | null> {
    return this.oneRoom(tx, 'select * from room where id = ? lock in share mode', id);
  }

  roomLocked(tx: Tx, id: string): Promise<Room | null> {
    return this.oneRoom(tx, 'select * from room where id = ? for update', id);
  }

  async rowLocked(tx: Tx, id: string): Promise<CabinetRow | null> {
    const [row] = await tx.manager.query('select * from cabinet_row where id = ? for update', [id]);
    return row ? toCabinetRow(row) : null;
  }

  /** Where rows begin and cabinets stand. */
  async spotsIn(tx: Tx, roomId: string): Promise<{ code: string; planX: number; planY: number }[]> {
    return tx.manager.query(
      `select code, plan_x as planX, plan_y as planY from cabinet where room_id = ?
       union all select code, plan_x, plan_y from cabinet_row where room_id = ?`,
      [roomId, roomId],
    );
  }

  async cabinetIdsOfRow(tx: Tx, rowId: string): Promise<string[]> {
    const rows: { id: string }[] = await tx.manager.query('select id from cabinet where row_id = ?', [rowId]);
    return rows.map(({ id }) => id);
  }

  updateRoom(tx: Tx, { id, code, name, widthTiles, depthTiles, version }: Room): Promise<void> {
    return this.update(
      tx,
      'update room set code = ?, name = ?, width_tiles = ?, depth_tiles = ?, version = ? where id = ?',
      [code, name, widthTiles, depthTiles, version, id],
    );
  }

  /** What it weighs is the space's own. */
  updateRow(tx: Tx, row: CabinetRow): Promise<void> {
    return this.update(
      tx,
      `update cabinet_row set code = ?, plan_x = ?, plan_y = ?, orientation = ?, floor_limit_grams = ?, version = ?
       where id = ?`,
      [row.code, row.planX, row.planY, row.orientation, row.floorLimitGrams, row.version, row.id],
    );
  }

  private async update(tx: Tx, sql: string, values: unknown[]): Promise<void> {
    try {
      await tx.manager.query(sql, values);
    } catch (error) {
      if (errnoOf(error) === DUPLICATE_KEY_ERRNO) throw new WriteConflict('a code was taken meanwhile');
      throw error;
    }
  }

  private async oneRoom(tx: Tx, sql: string, id: string): Promise<Room | null> {
    const [row] = await tx.manager.query(sql, [id]);
    return row ? toRoom(row) : null;
  }

  private rowsOf(sql: string, values: readonly unknown[]): Promise<SqlRow[]> {
    return this.db.query(sql, values as unknown[]);
  }
}

function filtered(where: Where, filter: CabinetFilter): Where {
  if (filter.centerId) where.and('c.center_id = ?', filter.centerId);
  if (filter.roomId) where.and('c.room_id = ?', filter.roomId);
  if (filter.rowId) where.and('c.row_id = ?', filter.rowId);
  if (filter.zone) where.and('c.zone = ?', filter.zone);
  if (filter.statuses?.length) where.and('c.status in (?)', filter.statuses);
  if (filter.departmentId)
    where.and(
      `(c.department_id = ? or exists (select 1 from cabinet_holder d where d.cabinet_id = c.id and d.department_id = ? and d.state in (?)))`,
      filter.departmentId,
      filter.departmentId,
      LIVE_STATES,
    );
  if (filter.minimumFreeHalfUnits) where.and('c.longest_full_half_units >= ?', filter.minimumFreeHalfUnits);
  if (filter.minimumFreeWatts) where.and('c.power_limit_w - c.power_w >= ?', filter.minimumFreeWatts);
  if (filter.minimumFreeGrams) where.and('c.weight_limit_grams - c.weight_grams >= ?', filter.minimumFreeGrams);
  // Converted, because a code is an ascii column, which the database refuses to compare with Chinese.
  if (filter.search) where.and('convert(c.code using utf8mb4) like ?', `%${filter.search.replace(/[\\%_]/g, '\\$&')}%`);
  return where;
}

const ROOM_COLUMNS = [
  'id',
  'centerId',
  'code',
  'name',
  'widthTiles',
  'depthTiles',
  'version',
] as const satisfies readonly (keyof Room)[];
const ROW_COLUMNS = [
  'id',
  'roomId',
  'code',
  'planX',
  'planY',
  'orientation',
  'floorLimitGrams',
  'weightGrams',
  'version',
] as const satisfies readonly (keyof CabinetRow)[];
const CABINET_COLUMNS = [
  'id',
  'centerId',
  'roomId',
  'rowId',
  'code',
  'position',
  'planX',
  'planY',
  'heightUnits',
  'startingUnit',
  'numbering',
  'widthMm',
  'depthMm',
  'feedAWatts',
  'feedBWatts',
  'deratingPercent',
  'powerLimitW',
  'weightLimitGrams',
  'ownWeightGrams',
  'zone',
  'status',
  'departmentId',
  'ownerHolderId',
  'rackType',
  'version',
  'usedHalfUnits',
  'heldHalfUnits',
  'blockedHalfUnits',
  'freeHalfUnits',
  'longestFullHalfUnits',
  'longestFrontHalfUnits',
  'longestRearHalfUnits',
  'powerW',
  'weightGrams',
] as const satisfies readonly (keyof Cabinet)[];

async function insertAll<T>(
  tx: Tx,
  table: string,
  fields: readonly (keyof T & string)[],
  rows: readonly T[],
): Promise<void> {
  for (let at = 0; at < rows.length; at += INSERT_BATCH)
    await tx.manager.query(`insert into ${table} (${fields.map(snakeOf).join(', ')}) values ?`, [
      rows.slice(at, at + INSERT_BATCH).map((row) => fields.map((field) => row[field])),
    ]);
}
