import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DepartmentUse } from '../departments/department-use.service.js';
import { say } from '../kernel/bilingual.js';

/** A department that uses a server is not closed. */
@Injectable()
export class ServersInDepartment implements OnModuleInit {
  constructor(private readonly use: DepartmentUse) {}

  onModuleInit(): void {
    this.use.register({
      key: 'servers',
      name: say('在用独立服务器', 'servers in use'),
      count: async (tx, departmentId) => {
        const [row] = await tx.manager.query(
          "select count(*) as n from server where department_id = ? and state <> 'RETIRED'",
          [departmentId],
        );
        return Number(row.n);
      },
    });
  }
}
