import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DepartmentUse } from '../departments/department-use.service.js';
import { say } from '../kernel/bilingual.js';

/** A department that has systems is not closed. */
@Injectable()
export class SystemsInDepartment implements OnModuleInit {
  constructor(private readonly use: DepartmentUse) {}

  onModuleInit(): void {
    this.use.register({
      key: 'systems',
      name: say('政务信息系统', 'systems'),
      count: async (tx, departmentId) => {
        const [row] = await tx.manager.query('select count(*) as n from government_system where department_id = ?', [
          departmentId,
        ]);
        return Number(row.n);
      },
    });
  }
}
