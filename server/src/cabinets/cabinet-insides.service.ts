import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inList } from '../platform/database/unit-of-work.js';
import type { SqlRow } from './cabinet-rows.js';
import { type Holder, LIVE_STATES, type Place } from './domain/holder.js';

/** A live plan: the thing in its place, and the place that is kept for it. */
export interface PlannedMove {
  readonly planId: string;
  readonly planVersion: number;
  readonly holderId: string;
  readonly from: Place;
  readonly to: Place;
}

export interface DepartmentInside {
  readonly cabinetId: string;
  readonly departmentId: string;
  readonly halfUnits: number;
}

/** What is to be told of what is in cabinets, beside the holders themselves. Callers have been let see the cabinets. */
@Injectable()
export class CabinetInsides {
  constructor(private readonly db: DataSource) {}

  /** Batch for loaders: the live plan in which a holder is the thing that moves or the place that is kept. */
  plannedMoves = async (holderIds: readonly string[]): Promise<(PlannedMove | null)[]> => {
    const plans = await this.plannedMovesOf(holderIds);
    const byEnd = new Map(plans.flatMap((plan) => [[plan.planId, plan] as const, [plan.holderId, plan] as const]));
    return holderIds.map((id) => byEnd.get(id) ?? null);
  };

  /** Batch for loaders: who has how much in a cabinet, the most first. Callers tell a department of itself only. */
  departmentsIn = async (cabinetIds: readonly string[]): Promise<DepartmentInside[][]> => {
    const groups = Map.groupBy(await this.departmentRows(cabinetIds), (one) => one.cabinetId);
    return cabinetIds.map((id) => groups.get(id) ?? []);
  };

  /** Live plans in which these holders are the thing that moves or the place that is kept. */
  private async plannedMovesOf(holderIds: readonly string[]): Promise<PlannedMove[]> {
    const ids = inList(holderIds);
    const rows: SqlRow[] = await this.db.query(
      `select p.id, p.version, p.planned_for_id, p.cabinet_id, p.start_half_unit, p.height_half_units, p.face,
              h.cabinet_id as from_cabinet_id, h.start_half_unit as from_start, h.face as from_face
       from cabinet_holder p join cabinet_holder h on h.id = p.planned_for_id
       where p.state in (?) and (p.id in (?) or p.active_plan_for_id in (?))`,
      [LIVE_STATES, ids, ids],
    );
    return rows.map((row) => {
      const heightHalfUnits = row.height_half_units as number;
      return {
        planId: row.id as string,
        planVersion: row.version as number,
        holderId: row.planned_for_id as string,
        from: {
          cabinetId: row.from_cabinet_id as string,
          startHalfUnit: row.from_start as number,
          heightHalfUnits,
          face: row.from_face as Holder['face'],
        },
        to: {
          cabinetId: row.cabinet_id as string,
          startHalfUnit: row.start_half_unit as number,
          heightHalfUnits,
          face: row.face as Holder['face'],
        },
      };
    });
  }

  /** How many half-units each department has in each of these cabinets, the most first. */
  private async departmentRows(cabinetIds: readonly string[]): Promise<DepartmentInside[]> {
    const rows: SqlRow[] = await this.db.query(
      `select cabinet_id, department_id, sum(height_half_units) as half_units from cabinet_holder
       where cabinet_id in (?) and state in (?) and department_id is not null
       group by cabinet_id, department_id order by half_units desc, department_id`,
      [inList(cabinetIds), LIVE_STATES],
    );
    return rows.map((row) => ({
      cabinetId: row.cabinet_id as string,
      departmentId: row.department_id as string,
      halfUnits: Number(row.half_units),
    }));
  }
}
