import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DepartmentUse } from '../departments/department-use.service.js';
import { say } from '../kernel/bilingual.js';

/** A department with a cloud of its own in the register is not closed. */
@Injectable()
export class CloudsInDepartment implements OnModuleInit {
  constructor(private readonly use: DepartmentUse) {}

  onModuleInit(): void {
    this.use.register({
      key: 'clouds',
      name: say('登记的自建云', 'registered clouds'),
      count: async (tx, departmentId) => {
        const [row] = await tx.manager.query('select count(*) as n from pool where owner_department_id = ?', [
          departmentId,
        ]);
        return Number(row.n);
      },
    });
  }
}
