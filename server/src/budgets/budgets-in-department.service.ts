import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DepartmentUse } from '../departments/department-use.service.js';
import { say } from '../kernel/bilingual.js';
import { accountingYear } from '../kernel/calendar.js';

/** A department with a budget of a running year is not closed. */
@Injectable()
export class BudgetsInDepartment implements OnModuleInit {
  constructor(private readonly use: DepartmentUse) {}

  onModuleInit(): void {
    this.use.register({
      key: 'budgets',
      name: say('未到期预算', 'budgets of this year and later'),
      count: async (tx, departmentId) => {
        const [row] = await tx.manager.query('select count(*) as n from budget where department_id = ? and year >= ?', [
          departmentId,
          accountingYear(tx.now),
        ]);
        return Number(row.n);
      },
    });
  }
}
