import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DepartmentUse } from '../departments/department-use.service.js';
import type { Worker } from '../identity/domain/hand-over.js';
import { type PartOfWork, WorkToHandOver } from '../identity/work-to-hand-over.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result } from '../kernel/result.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { SystemsService } from './systems.service.js';

/** Whose systems are whose when people leave and departments close. */
@Injectable()
export class SystemsCustody implements OnModuleInit, PartOfWork {
  readonly key = 'systems';
  readonly name = say('负责的信息系统', 'systems they own');

  constructor(
    private readonly systems: SystemsService,
    private readonly work: WorkToHandOver,
    private readonly use: DepartmentUse,
  ) {}

  onModuleInit(): void {
    this.work.register(this);
    this.use.register({
      key: 'projects',
      name: say('信息化项目', 'projects'),
      count: async (tx, departmentId) => {
        const [row] = await tx.manager.query('select count(*) as n from project where department_id = ?', [
          departmentId,
        ]);
        return Number(row.n);
      },
    });
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

  async count(userId: string): Promise<number> {
    return (await this.systems.ownedBy(userId)).length;
  }

  async move(tx: Tx, from: Worker, to: Worker): Promise<Result<number, readonly Refusal[]>> {
    return ok(await this.systems.handOver(tx, from.userId, to.userId));
  }
}
