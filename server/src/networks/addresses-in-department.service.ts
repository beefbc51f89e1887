import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DepartmentUse } from '../departments/department-use.service.js';
import { say } from '../kernel/bilingual.js';

/** A department that has addresses is not closed. */
@Injectable()
export class AddressesInDepartment implements OnModuleInit {
  constructor(private readonly use: DepartmentUse) {}

  onModuleInit(): void {
    this.use.register({
      key: 'addresses',
      name: say('已占用地址', 'claimed addresses'),
      count: async (tx, departmentId) => {
        const [row] = await tx.manager.query(
          'select count(*) as n from address_claim where department_id = ? and live = 1',
          [departmentId],
        );
        return Number(row.n);
      },
    });
  }
}
