import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DepartmentUse } from '../departments/department-use.service.js';
import { say } from '../kernel/bilingual.js';
import { LIVE_STATES } from './domain/holder.js';

/** A department with cabinets, or with places in them, is not closed. */
@Injectable()
export class SpaceInDepartment implements OnModuleInit {
  constructor(private readonly use: DepartmentUse) {}

  onModuleInit(): void {
    this.use.register({
      key: 'cabinets',
      name: say('机柜与机柜占位', 'cabinets and places in cabinets'),
      count: async (tx, departmentId) => {
        const [row] = await tx.manager.query(
          `select (select count(*) from cabinet where department_id = ? and status <> 'RETIRED')
                + (select count(*) from cabinet_holder where department_id = ? and state in (?)) as n`,
          [departmentId, departmentId, LIVE_STATES],
        );
        return Number(row.n);
      },
    });
  }
}
