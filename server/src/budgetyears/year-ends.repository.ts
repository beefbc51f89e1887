import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { FundNature } from '../systems/domain/system.js';
import type { CarryAction, CarryRule } from './domain/year-end.js';

/** 年终处理: how far it has come. */
export interface YearEnd {
  readonly year: number;
  readonly beganAt: Date;
  readonly endedAt: Date | null;
  readonly by: string;
}

/** How far one book of it has come. */
export interface YearEndBook {
  readonly year: number;
  /** null = the province's. */
  readonly cityId: string | null;
  readonly cursor: string;
  readonly endedAt: Date | null;
}

export interface KeptCarryRule extends CarryRule {
  readonly id: string;
  readonly reason: string;
  readonly by: string;
  readonly at: Date;
}

@Injectable()
export class YearEndsRepository {
  constructor(private readonly db: DataSource) {}

  async yearEnd(year: number, tx?: Tx): Promise<YearEnd | null> {
    const [row] = await (tx?.manager ?? this.db.manager).query(
      `select * from budget_year_end where year = ?${tx ? ' for update' : ''}`,
      [year],
    );
    return row ? toYearEnd(row) : null;
  }

  async unfinished(): Promise<YearEnd[]> {
    return (await this.db.query('select * from budget_year_end where ended_at is null order by year')).map(toYearEnd);
  }

  async keep(tx: Tx, { year, beganAt, endedAt, by }: YearEnd): Promise<void> {
    await tx.manager.query(
      `insert into budget_year_end (year, began_at, ended_at, begun_by) values (?)
       on duplicate key update ended_at = values(ended_at)`,
      [[year, beganAt, endedAt, by]],
    );
  }

  /** The province's first. */
  async books(year: number, tx?: Tx): Promise<YearEndBook[]> {
    const rows: { city_id: string; after_id: string; ended_at: Date | null }[] = await (
      tx?.manager ?? this.db.manager
    ).query(`select * from budget_year_end_book where year = ? order by city_id${tx ? ' for update' : ''}`, [year]);
    return rows.map(({ city_id, after_id, ended_at }) => ({
      ...{ year, cityId: city_id === '' ? null : city_id, cursor: after_id, endedAt: ended_at },
    }));
  }

  async keepBook(tx: Tx, { year, cityId, cursor, endedAt }: YearEndBook): Promise<void> {
    await tx.manager.query(
      `insert into budget_year_end_book (year, city_id, after_id, ended_at) values (?)
       on duplicate key update after_id = values(after_id), ended_at = values(ended_at)`,
      [[year, cityId ?? '', cursor, endedAt]],
    );
  }

  /** In the order in which they were set. */
  async rules(): Promise<KeptCarryRule[]> {
    const rows: Record<string, unknown>[] = await this.db.query('select * from budget_carry_rule order by id');
    return rows.map((row) => ({
      id: row.id as string,
      fromYear: Number(row.from_year),
      fundNature: row.fund_nature as FundNature,
      action: row.action as CarryAction,
      reason: row.reason as string,
      by: row.set_by as string,
      at: row.set_at as Date,
    }));
  }

  async addRule(tx: Tx, { id, fromYear, fundNature, action, reason, by, at }: KeptCarryRule): Promise<void> {
    await tx.manager.query(
      'insert into budget_carry_rule (id, from_year, fund_nature, action, reason, set_by, set_at) values (?)',
      [[id, fromYear, fundNature, action, reason, by, at]],
    );
  }
}

function toYearEnd(row: Record<string, unknown>): YearEnd {
  return {
    year: Number(row.year),
    beganAt: row.began_at as Date,
    endedAt: row.ended_at as Date | null,
    by: row.begun_by as string,
  };
}
