import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { bulkUpdate } from '../platform/database/bulk-update.js';
import { DUPLICATE_KEY_ERRNO, errnoOf, inList, type Tx, WriteConflict } from '../platform/database/unit-of-work.js';
import { type SqlRow, toCabinet, toHolder } from './cabinet-rows.js';
import { CabinetBook } from './domain/book.js';
import type { BookChanges } from './domain/book-changes.js';
import type { Cabinet } from './domain/cabinet.js';
import { facesOf, type Holder, isExclusive, isLive, LIVE_STATES, type Place } from './domain/holder.js';
import { NOTHING_NEAR } from './domain/nearness.js';
import type { RowLoad } from './domain/open-cabinet.js';
import type { Seen } from './domain/space-sight.js';
import type { CabinetChoice, Wish } from './domain/wish.js';
import { SpaceRecordRepository } from './space-record.repository.js';

/** Rows of one bulk insert; well below the packet limit of every engine. */
const HOLDERS_PER_INSERT = 500;
const SLOTS_PER_INSERT = 2_000;
/** Ids of one IN list of a look-up by key. */
const IDS_PER_LOOKUP = 1_000;

/** What an act may change of a holder; the rest it keeps as long as it has a row. */
const CHANGING_COLUMNS = [
  'cabinetId',
  'state',
  'startHalfUnit',
  'heightHalfUnits',
  'face',
  'powerW',
  'weightGrams',
  'label',
  'departmentId',
  'heldUntil',
  'version',
  'activeSubjectId',
  'activePlanForId',
  'releasedAt',
] as const;

/** What an act may change of a cabinet; where it stands it stays. */
const CABINET_COLUMNS = [
  ...([
    'code',
    'position',
    'planX',
    'planY',
    'heightUnits',
    'startingUnit',
    'numbering',
    'widthMm',
    'depthMm',
  ] as const),
  ...(['feedAWatts', 'feedBWatts', 'deratingPercent', 'powerLimitW', 'weightLimitGrams', 'ownWeightGrams'] as const),
  ...([
    'zone',
    'status',
    'departmentId',
    'ownerHolderId',
    'rackType',
    'version',
    'usedHalfUnits',
    'heldHalfUnits',
  ] as const),
  ...(['blockedHalfUnits', 'freeHalfUnits', 'longestFullHalfUnits', 'longestFrontHalfUnits'] as const),
  ...(['longestRearHalfUnits', 'powerW', 'weightGrams'] as const),
] as const;

type Taken = Place & { readonly holderId: string };

/**
 * Space under lock: always cabinets first, by id, then their rows, by id. A cabinet is asked for by few, the floor under a
 * row by a dozen cabinets; what is hotter is taken later. Everything that changes a holder comes through here.
 */
@Injectable()
export class SpaceRepository {
  constructor(
    private readonly db: DataSource,
    private readonly record: SpaceRecordRepository,
  ) {}

  /** The book of these cabinets as they are now; nobody else changes them until the transaction ends. */
  async openBook(tx: Tx, cabinetIds: readonly string[]): Promise<CabinetBook> {
    const ids = [...new Set(cabinetIds)];
    const cabinets = await this.locked(tx, 'cabinet', ids);
    return this.bookOf(tx, cabinets.map(toCabinet));
  }

  /** Cabinets that have room for the wish by their counters, the tightest first; unlocked, so only likely. */
  async candidates(tx: Tx, wish: Wish, among: CabinetChoice, limit: number): Promise<string[]> {
    const { sql, values } = choiceSql(among, wish.departmentId);
    const longest = longestColumn(wish);
    const { cabinetIds, rowIds, roomIds } = wish.near ?? NOTHING_NEAR;
    const rows: { id: string }[] = await tx.manager.query(
      `select id from cabinet where ${sql} and ${ROOM_FOR(longest)} and ${FLOOR_FOR}
       order by department_id is null, ${longest}, ${DISTANCE}, ${STRANDED}, code, id limit ?`,
      [...values, ...roomFor(wish), wish.weightGrams]
        .concat([inList(cabinetIds), inList(rowIds), inList(roomIds)])
        .concat([wish.heightHalfUnits, wish.powerW, limit]),
    );
    return rows.map((row) => row.id);
  }

  /**
   * Locks the cabinet if it still has room by its counters, which are exact under the lock. READ COMMITTED lets a row go
   * again that does not match, so that a cabinet which filled up meanwhile keeps nobody waiting.
   */
  async openIfRoom(tx: Tx, cabinetId: string, wish: Wish): Promise<CabinetBook | null> {
    const rows: SqlRow[] = await tx.manager.query(
      `select * from cabinet where id = ? and status = 'IN_SERVICE' and ${ROOM_FOR(longestColumn(wish))} for update`,
      [cabinetId, ...roomFor(wish)],
    );
    return rows.length === 0 ? null : this.bookOf(tx, rows.map(toCabinet));
  }

  /** Not locked: for saying what is short, never for taking. */
  async peek(tx: Tx, cabinetIds: readonly string[]): Promise<CabinetBook> {
    const { cabinets, rows, holders } = await this.seen(tx, cabinetIds);
    return new CabinetBook(cabinets, rows, holders);
  }

  /** Cabinets with all that is in them, unlocked: what a book is made of. */
  async seen(tx: Tx, cabinetIds: readonly string[]): Promise<Seen> {
    const cabinets: SqlRow[] = await tx.manager.query('select * from cabinet where id in (?)', [inList(cabinetIds)]);
    const rows: SqlRow[] = await tx.manager.query('select * from cabinet_row where id in (?)', [
      inList(cabinets.map((cabinet) => cabinet.row_id as string)),
    ]);
    const holders = await this.holdersIn(tx, cabinetIds);
    return { cabinets: cabinets.map(toCabinet), rows: rows.map(toRowLoad), holders };
  }

  /** Every cabinet that any of the choices allows, and those named. */
  async idsOf(tx: Tx, choices: readonly CabinetChoice[]): Promise<string[]> {
    const ids = new Set<string>();
    for (const choice of new Map(choices.map((c) => [JSON.stringify(c), c])).values()) {
      const { sql, values } = choiceSql(choice, undefined);
      const rows: { id: string }[] = await tx.manager.query(`select id from cabinet where ${sql}`, values);
      for (const { id } of rows) ids.add(id);
    }
    return [...ids];
  }

  /** Cabinets of live holders, by holder; unknown and released ones are absent. */
  async cabinetsOfHolders(tx: Tx, holderIds: readonly string[]): Promise<Map<string, string>> {
    const rows: { id: string; cabinet_id: string }[] = await tx.manager.query(
      'select id, cabinet_id from cabinet_holder where id in (?) and state in (?)',
      [inList(holderIds), LIVE_STATES],
    );
    return new Map(rows.map((row) => [row.id, row.cabinet_id]));
  }

  /** Those of these that hold a place now; unlocked, so only likely. */
  async liveAmong(tx: Tx, holderIds: readonly string[]): Promise<Holder[]> {
    const rows: SqlRow[] = await tx.manager.query('select * from cabinet_holder where id in (?) and state in (?)', [
      inList(holderIds),
      LIVE_STATES,
    ]);
    return rows.map(toHolder);
  }

  /** Live plans for these holders. */
  async plansFor(tx: Tx, holderIds: readonly string[]): Promise<{ id: string; cabinetId: string; holderId: string }[]> {
    const rows: { id: string; cabinet_id: string; active_plan_for_id: string }[] = await tx.manager.query(
      'select id, cabinet_id, active_plan_for_id from cabinet_holder where active_plan_for_id in (?)',
      [inList(holderIds)],
    );
    return rows.map((row) => ({ id: row.id, cabinetId: row.cabinet_id, holderId: row.active_plan_for_id }));
  }

  /** null = it is no live plan. */
  async plannedFor(tx: Tx, planId: string): Promise<string | null> {
    const [row] = await tx.manager.query('select active_plan_for_id as id from cabinet_holder where id = ?', [planId]);
    return row?.id ?? null;
  }

  /** Of these things those that have a place already. */
  async placedAlready(tx: Tx, subjectIds: readonly string[]): Promise<Set<string>> {
    const placed = new Set<string>();
    for (let at = 0; at < subjectIds.length; at += IDS_PER_LOOKUP) {
      const rows: { id: string }[] = await tx.manager.query(
        'select active_subject_id as id from cabinet_holder where active_subject_id in (?)',
        [subjectIds.slice(at, at + IDS_PER_LOOKUP)],
      );
      for (const { id } of rows) placed.add(id);
    }
    return placed;
  }

  /** What a request holds is not among them: it goes back with all else that the request holds. */
  async expiredHolds(now: Date, limit: number): Promise<string[]> {
    const rows: { id: string }[] = await this.db.query(
      `select id from cabinet_holder
       where state = 'HELD' and held_until <= ? and not (kind = 'REQUEST' and subject_id is not null)
       order by held_until limit ?`,
      [now, limit],
    );
    return rows.map((row) => row.id);
  }

  async holdUntil(tx: Tx, holderIds: readonly string[], heldUntil: Date): Promise<void> {
    if (holderIds.length > 0)
      await tx.manager.query("update cabinet_holder set held_until = ? where id in (?) and state = 'HELD'", [
        heldUntil,
        inList(holderIds),
      ]);
  }

  /**
   * Writes what the book says. A duplicate key means that slots and holders told different stories, or that a thing was
   * given a place by another at the same moment: the unit of work runs again on fresh facts. `since` tells of new
   * holders that have stood there for longer than they are written down. Nothing changes a holder without a line in the
   * record.
   */
  async save(tx: Tx, changes: BookChanges, since: ReadonlyMap<string, Date> = new Map()): Promise<void> {
    await this.freeSlots(tx, changes.freed);
    await this.updateHolders(tx, changes.updated);
    try {
      await this.insertHolders(tx, changes.inserted);
      await this.insertSlots(tx, changes.taken);
      await this.record.begin(tx, changes.inserted, since);
      await this.record.goOn(tx, changes.updated, since);
    } catch (error) {
      if (errnoOf(error) === DUPLICATE_KEY_ERRNO)
        throw new WriteConflict('a place, or the thing for it, was taken meanwhile');
      throw error;
    }
    try {
      await bulkUpdate(tx, 'cabinet', CABINET_COLUMNS, changes.cabinets);
    } catch (error) {
      if (errnoOf(error) === DUPLICATE_KEY_ERRNO) throw new WriteConflict("a cabinet's code was taken meanwhile");
      throw error;
    }
    await bulkUpdate(tx, 'cabinet_row', ['weightGrams'], changes.rows);
  }

  /** Locks a row's floor, after all cabinets. null = there is no such row. */
  async lockedRow(tx: Tx, rowId: string): Promise<(RowLoad & { readonly roomId: string }) | null> {
    const [row] = await this.locked(tx, 'cabinet_row', [rowId]);
    return row ? { ...toRowLoad(row), roomId: row.room_id as string } : null;
  }

  async addRowWeight(tx: Tx, rowId: string, grams: number): Promise<void> {
    await tx.manager.query('update cabinet_row set weight_grams = weight_grams + ? where id = ?', [grams, rowId]);
  }

  private async bookOf(tx: Tx, cabinets: readonly Cabinet[]): Promise<CabinetBook> {
    const rows = await this.locked(tx, 'cabinet_row', [...new Set(cabinets.map((cabinet) => cabinet.rowId))]);
    const ids = cabinets.map((cabinet) => cabinet.id);
    return new CabinetBook(cabinets, rows.map(toRowLoad), await this.holdersIn(tx, ids));
  }

  async allIn(centerIds: readonly string[]): Promise<{ readonly halfUnits: number; readonly powerW: number }> {
    const [row] = await this.db.query(
      `select coalesce(sum(height_units), 0) as units, coalesce(sum(power_limit_w), 0) as watts
       from cabinet where center_id in (?) and status = 'IN_SERVICE'`,
      [inList(centerIds)],
    );
    return { halfUnits: Number(row.units) * 2, powerW: Number(row.watts) };
  }

  private async holdersIn(tx: Tx, cabinetIds: readonly string[]): Promise<Holder[]> {
    const rows: SqlRow[] = await tx.manager.query(
      'select * from cabinet_holder where cabinet_id in (?) and state in (?)',
      [inList(cabinetIds), LIVE_STATES],
    );
    return rows.map(toHolder);
  }

  private locked(tx: Tx, table: 'cabinet' | 'cabinet_row', ids: readonly string[]): Promise<SqlRow[]> {
    return tx.manager.query(`select * from ${table} where id in (?) order by id for update`, [inList(ids)]);
  }

  private async freeSlots(tx: Tx, freed: readonly Taken[]): Promise<void> {
    for (const [cabinetId, places] of Map.groupBy(freed, (place) => place.cabinetId))
      await tx.manager.query('delete from cabinet_slot where cabinet_id = ? and holder_id in (?)', [
        cabinetId,
        places.map((place) => place.holderId),
      ]);
  }

  private async insertSlots(tx: Tx, taken: readonly Taken[]): Promise<void> {
    const slots = taken.flatMap(({ cabinetId, startHalfUnit, heightHalfUnits, face, holderId }) =>
      facesOf(face).flatMap((side) =>
        Array.from({ length: heightHalfUnits }, (_, at) => [cabinetId, startHalfUnit + at, side, holderId]),
      ),
    );
    for (let at = 0; at < slots.length; at += SLOTS_PER_INSERT)
      await tx.manager.query('insert into cabinet_slot (cabinet_id, half_unit, face, holder_id) values ?', [
        slots.slice(at, at + SLOTS_PER_INSERT),
      ]);
  }

  private async insertHolders(tx: Tx, holders: readonly Holder[]): Promise<void> {
    for (let at = 0; at < holders.length; at += HOLDERS_PER_INSERT)
      await tx.manager.query(
        `insert into cabinet_holder (id, cabinet_id, state, start_half_unit, height_half_units, face, power_w, weight_grams, label,
           department_id, kind, subject_id, active_subject_id, reason, held_until, planned_for_id, active_plan_for_id,
           grows_holder_id, used_since, source_platform, version, created_at) values ?`,
        [
          holders
            .slice(at, at + HOLDERS_PER_INSERT)
            .map((h) => [
              h.id,
              h.cabinetId,
              h.state,
              h.startHalfUnit,
              h.heightHalfUnits,
              h.face,
              h.powerW,
              h.weightGrams,
              h.label,
              h.departmentId,
              h.kind,
              h.subjectId,
              activeSubject(h),
              h.reason,
              h.heldUntil,
              h.plannedForId,
              activePlan(h),
              h.growsHolderId,
              h.usedSince,
              h.sourcePlatform,
              h.version,
              tx.now,
            ]),
        ],
      );
  }

  private async updateHolders(tx: Tx, holders: readonly Holder[]): Promise<void> {
    await bulkUpdate(
      tx,
      'cabinet_holder',
      CHANGING_COLUMNS,
      holders.map((h) => ({
        ...h,
        activeSubjectId: activeSubject(h),
        activePlanForId: activePlan(h),
        releasedAt: isLive(h.state) ? null : tx.now,
      })),
    );
  }
}

/** A plan is no second place of the thing. */
function activeSubject(holder: Holder): string | null {
  return isExclusive(holder.kind) && isLive(holder.state) && holder.plannedForId === null ? holder.subjectId : null;
}

/** One thing has one plan: the database keeps its id under a unique key. */
function activePlan(holder: Holder): string | null {
  return isLive(holder.state) ? holder.plannedForId : null;
}

function longestColumn({ face }: Wish): string {
  if (face === 'BOTH') return 'longest_full_half_units';
  return face === 'FRONT' ? 'longest_front_half_units' : 'longest_rear_half_units';
}

/** By the cabinet's own counters. */
const ROOM_FOR = (longest: string): string =>
  `${longest} >= ? and power_limit_w - power_w >= ? and weight_limit_grams - weight_grams >= ?`;

function roomFor(wish: Wish): unknown[] {
  return [wish.heightHalfUnits, wish.powerW, wish.weightGrams];
}

const FLOOR_FOR = `exists (select 1 from cabinet_row w where w.id = cabinet.row_id
  and (w.floor_limit_grams is null or w.floor_limit_grams - w.weight_grams >= ?))`;

/** K11: how near to what the wish's system has. */
const DISTANCE = 'case when id in (?) then 0 when row_id in (?) then 1 when room_id in (?) then 2 else 3 end';

/** K10 as the book reckons it, in doubles as there: units and watts that stay free, how far their shares lie apart. */
const STRANDED = `floor(abs((free_half_units - ?) / (height_units * 2e0)
  - case when power_limit_w > 0 then (power_limit_w - power_w - ?) / (power_limit_w * 1e0) else 0 end) * 1000 + 0.5)`;

/** departmentId undefined = of any. */
function choiceSql(among: CabinetChoice, departmentId: string | null | undefined): { sql: string; values: unknown[] } {
  const parts: [string, unknown][] = [['center_id = ?', among.centerId]];
  if (among.roomId !== undefined) parts.push(['room_id = ?', among.roomId]);
  if (among.rowId !== undefined) parts.push(['row_id = ?', among.rowId]);
  if (among.zone !== undefined) parts.push(['zone = ?', among.zone]);
  if (among.heightUnits !== undefined) parts.push(['height_units = ?', among.heightUnits]);
  if (among.except !== undefined && among.except.length > 0) parts.push(['id not in (?)', among.except]);
  if (departmentId !== undefined) parts.push(['(department_id is null or department_id <=> ?)', departmentId]);
  const fed = among.allowSingleFed === true ? '' : ' and (feed_a_watts is null) = (feed_b_watts is null)';
  return {
    sql: `status = 'IN_SERVICE'${fed} and ${parts.map(([sql]) => sql).join(' and ')}`,
    values: parts.map(([, value]) => value),
  };
}

function toRowLoad(row: SqlRow): RowLoad {
  return {
    id: row.id as string,
    floorLimitGrams: row.floor_limit_grams as number | null,
    weightGrams: row.weight_grams as number,
  };
}
