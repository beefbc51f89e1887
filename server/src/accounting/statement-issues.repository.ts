import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { TenantScope } from '../kernel/viewer.js';
import { withinScope } from '../platform/database/listing.js';
import { inList, type Reading, type Tx } from '../platform/database/unit-of-work.js';
import { ConfirmationRuleEntity, StatementIssueEntity } from './closing.entity.js';
import type { Month } from './domain/accounting-units.js';
import type { Issue, IssueState } from './domain/statement-issue.js';

export interface IssueRow extends Issue {
  readonly month: Month;
  readonly departmentId: string;
  readonly issuedAt: Date;
  readonly confirmedByName: string | null;
  readonly confirmedAt: Date | null;
}

/** What was put before departments, and by which rule silence counts as their word. */
@Injectable()
export class StatementIssuesRepository {
  constructor(private readonly db: DataSource) {}

  async ofMonth(month: Month, { manager }: Reading = this.db): Promise<Map<string, IssueRow>> {
    const rows = await manager.findBy(StatementIssueEntity, { month });
    return new Map(rows.map((row) => [row.departmentId, toIssue(row)]));
  }

  /** Neither confirmed nor passed, the oldest month first. */
  async waiting(scope: TenantScope, departmentIds: readonly string[] | null): Promise<IssueRow[]> {
    const query = this.db.manager
      .createQueryBuilder(StatementIssueEntity, 'issue')
      .where("issue.state = 'ISSUED'")
      .orderBy('issue.month')
      .addOrderBy('issue.departmentId');
    if (departmentIds) query.andWhere('issue.departmentId in (:...ids)', { ids: inList(departmentIds) });
    return (await withinScope(query, 'issue.departmentId', scope).getMany()).map(toIssue);
  }

  async locked(tx: Tx, month: Month, departmentId: string): Promise<IssueRow | null> {
    const row = await tx.manager
      .createQueryBuilder(StatementIssueEntity, 'issue')
      .setLock('pessimistic_write')
      .where('issue.month = :month and issue.departmentId = :departmentId', { month, departmentId })
      .getOne();
    return row && toIssue(row);
  }

  /** Whoever writes first makes the row; the other finds it. */
  async put(tx: Tx, issue: Omit<IssueRow, 'confirmedByName' | 'confirmedAt'> & Confirmed): Promise<void> {
    await tx.manager.query(
      `insert into statement_issue (month, department_id, state, version, line_count, amount_fen, issued_at, due_at,
         confirmed_by_id, confirmed_by_name, confirmed_at) values (?)
       on duplicate key update state = values(state), version = values(version), line_count = values(line_count),
         amount_fen = values(amount_fen), issued_at = values(issued_at), due_at = values(due_at),
         confirmed_by_id = values(confirmed_by_id), confirmed_by_name = values(confirmed_by_name),
         confirmed_at = values(confirmed_at)`,
      [
        [
          ...[issue.month, issue.departmentId, issue.state, issue.version, issue.lines, issue.amount.toString()],
          ...[issue.issuedAt, issue.dueAt, issue.confirmedById, issue.confirmedByName, issue.confirmedAt],
        ],
      ],
    );
  }

  /** The earliest first. */
  rules(): Promise<ConfirmationRuleEntity[]> {
    return this.db.manager.find(ConfirmationRuleEntity, { order: { fromMonth: 'ASC' } });
  }
}

interface Confirmed {
  readonly confirmedById: string | null;
  readonly confirmedByName: string | null;
  readonly confirmedAt: Date | null;
}

function toIssue(row: StatementIssueEntity): IssueRow {
  return {
    ...{ month: row.month, departmentId: row.departmentId, version: row.version },
    state: row.state as IssueState,
    ...{ lines: row.lineCount, amount: row.amountFen, issuedAt: row.issuedAt, dueAt: row.dueAt },
    ...{ confirmedByName: row.confirmedByName, confirmedAt: row.confirmedAt },
  };
}
