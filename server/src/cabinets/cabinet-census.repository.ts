import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { NetworkZone } from '../facilities/domain/facility.js';
import { inList, type Reading, type Tx } from '../platform/database/unit-of-work.js';
import type { SqlRow } from './cabinet-rows.js';
import { LIVE_STATES } from './domain/holder.js';
import { type SpaceSums, type SpaceTotals, spaceTotals } from './domain/space-totals.js';
import { HALVES_PER_UNIT } from './domain/units.js';

export interface Standing {
  readonly id: string;
  readonly centerId: string;
  readonly roomId: string;
  readonly rowId: string;
}

/** What there is in the cabinets of the whole place: sums and codes that name no department, so reads take no scope. */
@Injectable()
export class CabinetCensus {
  constructor(private readonly db: DataSource) {}

  /** Of cabinets that can take something or hold something. One statement, so that its parts are of one moment. */
  async totals(): Promise<SpaceTotals[]> {
    const sums: SqlRow[] = await this.db.query(
      `select c.center_id, c.zone, c.status, c.department_id is not null as own_department,
              (c.feed_a_watts is null) <> (c.feed_b_watts is null) as single_fed, count(*) as cabinets,
              sum(c.height_units) as height_units, sum(c.used_half_units) as used, sum(c.held_half_units) as held,
              sum(c.blocked_half_units) as blocked, sum(c.free_half_units) as free,
              sum(c.power_limit_w) as power_limit, sum(c.power_w) as power, coalesce(sum(h.power_w), 0) as held_power,
              sum(c.weight_limit_grams) as weight_limit, sum(c.weight_grams) as weight,
              coalesce(sum(h.weight_grams), 0) as held_weight
       from cabinet c
         left join (select cabinet_id, sum(power_w) as power_w, sum(weight_grams) as weight_grams
                    from cabinet_holder where state = 'HELD' group by cabinet_id) h on h.cabinet_id = c.id
       where c.status in ('IN_SERVICE', 'CLOSED')
       group by c.center_id, c.zone, c.status, own_department, single_fed order by c.center_id, c.zone`,
    );
    return spaceTotals(sums.map(toSums));
  }

  /** Where these cabinets stand. A cabinet never changes its row. */
  async standing(tx: Tx, cabinetIds: readonly string[]): Promise<Standing[]> {
    if (cabinetIds.length === 0) return [];
    const rows: SqlRow[] = await tx.manager.query(
      'select id, center_id, room_id, row_id from cabinet where id in (?)',
      [[...new Set(cabinetIds)]],
    );
    return rows.map(toStanding);
  }

  /** Cabinets that are, or stand in, any of these rooms, rows and cabinets. */
  async within(reading: Reading, placeIds: readonly string[]): Promise<string[]> {
    const ids = inList(placeIds);
    const rows: { id: string }[] = await reading.manager.query(
      'select id from cabinet where id in (?) union select id from cabinet where row_id in (?) union select id from cabinet where room_id in (?)',
      [ids, ids, ids],
    );
    return rows.map((row) => row.id);
  }

  /** Who stands in these cabinets, or has a place there. */
  async holderIdsIn(reading: Reading, cabinetIds: readonly string[]): Promise<string[]> {
    const rows: { id: string }[] = await reading.manager.query(
      'select id from cabinet_holder where cabinet_id in (?) and state in (?)',
      [inList(cabinetIds), LIVE_STATES],
    );
    return rows.map(({ id }) => id);
  }

  /** A room, row or cabinet with the codes on the way to it; null = there is none. */
  async placeOf(
    tx: Tx,
    extent: 'ROOM' | 'CABINET_ROW' | 'CABINET',
    id: string,
  ): Promise<{ readonly centerId: string; readonly label: string } | null> {
    const [row]: { center_id: string; label: string }[] = await tx.manager.query(
      {
        ROOM: 'select center_id, code as label from room where id = ?',
        CABINET_ROW: `select r.center_id, concat(r.code, ' / ', w.code) as label
                      from cabinet_row w join room r on r.id = w.room_id where w.id = ?`,
        CABINET: `select r.center_id, concat(r.code, ' / ', c.code) as label
                  from cabinet c join room r on r.id = c.room_id where c.id = ?`,
      }[extent],
      [id],
    );
    return row ? { centerId: row.center_id, label: row.label } : null;
  }

  /** Live places of departments, or only promised to somebody, in a center; and cabinets that are wholly a department's. */
  async promisedInCenter(tx: Tx, centerId: string): Promise<number> {
    const [row]: SqlRow[] = await tx.manager.query(
      `select (select count(*) from cabinet_holder h join cabinet c on c.id = h.cabinet_id
               where c.center_id = ? and (h.state in ('HELD', 'ALLOCATED') or (h.state = 'OCCUPIED' and h.department_id is not null)))
            + (select count(*) from cabinet where center_id = ? and department_id is not null and status <> 'RETIRED') as n`,
      [centerId, centerId],
    );
    return Number(row?.n);
  }

  /** Of paths "center/room/cabinet" (codes) those that name a cabinet of these centers. */
  async knownPaths(
    centers: readonly { readonly id: string; readonly code: string }[],
    paths: readonly string[],
  ): Promise<Set<string>> {
    const idOf = new Map(centers.map(({ id, code }) => [code, id]));
    const codeOf = new Map(centers.map(({ id, code }) => [id, code]));
    const wanted = [...new Set(paths)].flatMap((path) => {
      const [center = '', room, cabinet] = path.split('/');
      const id = idOf.get(center);
      return id === undefined ? [] : [[id, room, cabinet]];
    });
    if (wanted.length === 0) return new Set();
    const rows: SqlRow[] = await this.db.query(
      `select r.center_id, r.code as room, c.code as cabinet from room r join cabinet c on c.room_id = r.id
       where (r.center_id, r.code, c.code) in (?)`,
      [wanted],
    );
    return new Set(rows.map((row) => `${codeOf.get(row.center_id as string)}/${row.room}/${row.cabinet}`));
  }
}

function toStanding(row: SqlRow): Standing {
  return {
    id: row.id as string,
    centerId: row.center_id as string,
    roomId: row.room_id as string,
    rowId: row.row_id as string,
  };
}

function toSums(row: SqlRow): SpaceSums {
  const units = (halves: unknown) => Number(halves) / HALVES_PER_UNIT;
  return {
    centerId: row.center_id as string,
    zone: row.zone as NetworkZone,
    status: row.status as SpaceSums['status'],
    ownDepartment: Number(row.own_department) === 1,
    singleFed: Number(row.single_fed) === 1,
    cabinets: Number(row.cabinets),
    units: {
      total: Number(row.height_units),
      used: units(row.used),
      held: units(row.held),
      blocked: units(row.blocked),
      free: units(row.free),
    },
    powerW: { limit: Number(row.power_limit), taken: Number(row.power), held: Number(row.held_power) },
    weightGrams: { limit: Number(row.weight_limit), taken: Number(row.weight), held: Number(row.held_weight) },
  };
}
