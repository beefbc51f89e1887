import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Fen } from '../kernel/money.js';
import type { Reading } from '../platform/database/unit-of-work.js';
import { disputesJoined } from './closed.repository.js';
import type { Month } from './domain/accounting-units.js';
import type { StatementFigures } from './domain/statement-issue.js';

/** What one department's draft of a month comes to, corrections of earlier months included. */
export interface DepartmentFigures extends StatementFigures {
  readonly departmentId: string;
  readonly unpriced: number;
  /** Lines whose delivery is disputed. */
  readonly disputed: number;
  /** Lines that the department disputes, and what they would be charged. */
  readonly suspended: number;
  readonly suspendedFen: Fen;
}

interface Row {
  readonly department_id: string;
  readonly n: string;
  readonly fen: string | null;
  readonly unpriced?: string;
  readonly disputed?: string;
  readonly suspended?: string;
  readonly suspended_fen?: string;
}

@Injectable()
export class FiguresRepository {
  constructor(private readonly db: DataSource) {}

  /** By three statements whatever the number of lines; in the order of departments. */
  async byDepartment(
    month: Month,
    reading: Reading = this.db,
    departmentId: string | null = null,
  ): Promise<DepartmentFigures[]> {
    const { manager } = reading;
    const only = departmentId === null ? '' : ' and l.department_id = ?';
    const values = departmentId === null ? [month] : [month, departmentId];
    const rated: Row[] = await manager.query(
      `select l.department_id, count(*) as n, sum(if(d.id is null, coalesce(l.amount_fen, 0), 0)) as fen,
         sum(l.state = 'UNPRICED') as unpriced, sum(l.state = 'DISPUTED') as disputed, sum(d.id is not null) as suspended,
         sum(if(d.id is null, 0, coalesce(l.amount_fen, 0))) as suspended_fen
       from rated_line l ${await disputesJoined(reading, month)} where l.month = ?${only} group by l.department_id`,
      values,
    );
    const corrected: Row[] = await manager.query(
      `select l.department_id, count(*) as n, sum(l.amount_fen) as fen from correction_line l
       where l.month = ?${only} group by l.department_id`,
      values,
    );
    const corrections = new Map(corrected.map((row) => [row.department_id, row]));
    const ids = [...new Set([...rated, ...corrected].map((row) => row.department_id))].toSorted();
    const byId = new Map(rated.map((row) => [row.department_id, row]));
    return ids.map((id) => {
      const [use, correction] = [byId.get(id), corrections.get(id)];
      return {
        departmentId: id,
        lines: Number(use?.n ?? 0) + Number(correction?.n ?? 0),
        amount: BigInt(use?.fen ?? 0) + BigInt(correction?.fen ?? 0),
        unpriced: Number(use?.unpriced ?? 0),
        disputed: Number(use?.disputed ?? 0),
        suspended: Number(use?.suspended ?? 0),
        suspendedFen: BigInt(use?.suspended_fen ?? 0),
      };
    });
  }
}
