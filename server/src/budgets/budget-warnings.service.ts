import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DepartmentsService } from '../departments/departments.service.js';
import { accountingYear } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { WHOLE_PROVINCE } from '../kernel/viewer.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { BudgetPolicies } from './budget-policies.service.js';
import { BudgetsRepository } from './budgets.repository.js';
import { thresholdNotice } from './domain/thresholds.js';

/** What one round tells; the next takes the rest. */
const BUDGETS_PER_ROUND = 200;

/** Tells people that a budget of this year or the next has come to a part of its amount: once a budget and part. */
@Injectable()
export class BudgetWarnings {
  constructor(
    private readonly db: DataSource,
    private readonly budgets: BudgetsRepository,
    private readonly policies: BudgetPolicies,
    private readonly departments: DepartmentsService,
    private readonly notices: Notices,
    private readonly work: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Called by housekeeping. @returns budgets that people were told of. */
  async run(): Promise<number> {
    const { warnPercents } = await this.policies.inForce();
    const told = new Set<string>();
    // The highest part first: whoever runs over at once hears that, and not of the parts on the way.
    for (const percent of warnPercents.toReversed())
      for (const id of await this.reached(percent)) if (await this.tell(id, percent, warnPercents)) told.add(id);
    return told.size;
  }

  private async reached(percent: number): Promise<string[]> {
    const year = accountingYear(this.clock.now());
    const rows: { id: string }[] = await this.db.query(
      `select b.id from budget b
       where b.year in (?, ?) and b.reserved_fen + b.spent_fen > 0
         and (b.reserved_fen + b.spent_fen) * 100 >= b.amount_fen * ?
         and not exists (select 1 from budget_warning w where w.budget_id = b.id and w.percent = ?)
       order by b.id limit ?`,
      [year, year + 1, percent, percent, BUDGETS_PER_ROUND],
    );
    return rows.map(({ id }) => id);
  }

  private async tell(id: string, percent: number, percents: readonly number[]): Promise<boolean> {
    const [budget] = await this.budgets.byIds(WHOLE_PROVINCE, [id]);
    if (!budget) return false;
    const city = budget.budgetLevel === 'PROVINCE' ? null : await this.cityOf(budget.departmentId);
    return this.work.run(async (tx) => {
      const below = percents.filter((one) => one <= percent);
      const written: { affectedRows: number } = await tx.manager.query(
        'insert ignore into budget_warning (budget_id, percent, told_at) values ?',
        [below.map((one) => [id, one, tx.now])],
      );
      if (written.affectedRows === 0) return false;
      await this.notices.tell(tx, thresholdNotice(budget, percent, city));
      return true;
    });
  }

  private async cityOf(departmentId: string): Promise<string | null> {
    return (await this.departments.lineage(departmentId)).find(({ level }) => level === 'CITY')?.id ?? null;
  }
}
