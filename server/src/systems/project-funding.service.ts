import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { calendarDate } from '../kernel/calendar.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { FundingPeriod } from './domain/funding-periods.js';
import type { FundingMode, Project } from './domain/system.js';

/** A change of who pays that the reservations have not followed yet. */
export interface FundingChange {
  readonly projectId: string;
  readonly fromMonth: string;
  /** Of its project one after the other: of changes, and of beginnings to carry them. */
  readonly turn: number;
  readonly by: string;
}

/** Sorts before every month: what held before the first change. */
const BEGINNING = '0000-00';

/** Who pays for a project, by month. */
@Injectable()
export class ProjectFunding {
  constructor(private readonly db: DataSource) {}

  /**
   * The month in which it is changed belongs to the new mode whole, as a day belongs to the size at its end; changed again in the
   * same month, the last one counts. The caller holds the project's row.
   */
  async changed(tx: Tx, project: Pick<Project, 'id' | 'fundingMode'>, to: FundingMode, by: string): Promise<void> {
    const month = calendarDate(tx.now).slice(0, 7);
    await tx.manager.query(
      `insert ignore into project_funding (project_id, from_month, funding_mode, turn, changed_at, changed_by, carried_at)
       values (?, ?, ?, 0, ?, ?, ?)`,
      [project.id, BEGINNING, project.fundingMode, tx.now, by, tx.now],
    );
    const [{ turn }] = await tx.manager.query(
      'select max(turn) + 1 as turn from project_funding where project_id = ? for update',
      [project.id],
    );
    await tx.manager.query(
      `insert into project_funding (project_id, from_month, funding_mode, turn, changed_at, changed_by, carried_at)
       values (?, ?, ?, ?, ?, ?, null)
       on duplicate key update funding_mode = values(funding_mode), turn = values(turn), changed_at = values(changed_at),
         changed_by = values(changed_by), carried_at = null`,
      [project.id, month, to, turn, tx.now, by],
    );
  }

  /** Of projects whose mode ever changed, in the order of months. */
  async periodsOf(projectIds: readonly string[]): Promise<ReadonlyMap<string, readonly FundingPeriod[]>> {
    const rows: { id: string; month: string; mode: FundingMode }[] = await this.db.query(
      `select project_id as id, from_month as month, funding_mode as mode from project_funding
       where project_id in (?) order by project_id, from_month`,
      [inList(projectIds)],
    );
    const periods = rows.map(({ id, month, mode }) => ({ id, fromMonth: month, mode }));
    return Map.groupBy(periods, ({ id }) => id);
  }

  /** Changes that the reservations have not followed yet, the oldest first. */
  async toCarry(limit: number): Promise<FundingChange[]> {
    const rows: { id: string; month: string; turn: string; by: string }[] = await this.db.query(
      `select project_id as id, from_month as month, turn, changed_by as \`by\` from project_funding
       where carried_at is null order by changed_at, project_id limit ?`,
      [limit],
    );
    return rows.map(({ id, month, turn, by }) => ({ projectId: id, fromMonth: month, turn: Number(turn), by }));
  }

  /**
   * Begins to carry it, by a turn of its own: whoever died on the way has reserved under another one, so that what has come to
   * run since is not taken for what was reserved then. null = it was changed once more, or carried, meanwhile.
   */
  async begun(tx: Tx, change: FundingChange): Promise<FundingChange | null> {
    const { projectId, fromMonth } = change;
    const rows: { month: string; turn: number; carried: Date | null }[] = await tx.manager.query(
      `select from_month as month, turn, carried_at as carried from project_funding
       where project_id = ? order by from_month for update`,
      [projectId],
    );
    const row = rows.find(({ month }) => month === fromMonth);
    if (!row || row.carried !== null || Number(row.turn) !== change.turn) return null;
    const turn = 1 + rows.reduce((most, one) => Math.max(most, Number(one.turn)), 0);
    await tx.manager.query('update project_funding set turn = ? where project_id = ? and from_month = ?', [
      turn,
      projectId,
      fromMonth,
    ]);
    return { ...change, turn };
  }

  /** Unless it was changed once more meanwhile. */
  async carried(tx: Tx, { projectId, fromMonth, turn }: FundingChange): Promise<void> {
    await tx.manager.query(
      'update project_funding set carried_at = ? where project_id = ? and from_month = ? and turn = ?',
      [tx.now, projectId, fromMonth, turn],
    );
  }
}
