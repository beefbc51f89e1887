import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Worker } from '../identity/domain/hand-over.js';
import { type PartOfWork, WorkToHandOver } from '../identity/work-to-hand-over.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { scopeFor } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';

/** Whose prepared intakes are whose when people leave. Whoever prepared one before does not approve it afterwards. */
@Injectable()
export class IntakeCustody implements OnModuleInit, PartOfWork {
  readonly key = 'intakes';
  readonly name = say('待审批的纳管批次', 'intakes that wait for approval');

  constructor(
    private readonly db: DataSource,
    private readonly work: WorkToHandOver,
  ) {}

  onModuleInit(): void {
    this.work.register(this);
  }

  async count(userId: string): Promise<number> {
    const [row] = await this.db.query(
      "select count(*) as n from intake_batch where prepared_by_id = ? and state = 'SUBMITTED'",
      [userId],
    );
    return Number(row.n);
  }

  /** Refused when the successor prepares no intakes. */
  async move(tx: Tx, from: Worker, to: Worker): Promise<Result<number, readonly Refusal[]>> {
    const rows: { id: string }[] = await tx.manager.query(
      "select id from intake_batch where prepared_by_id = ? and state = 'SUBMITTED' order by id for update",
      [from.userId],
    );
    if (rows.length === 0) return ok(0);
    if (!scopeFor(to, 'INTAKE', 'CREATE')) return refuse([mayNotTake(to, rows.length)]);
    // In the order of the text: the list takes who prepared it before that is another.
    await tx.manager.query(
      `update intake_batch set former_preparer_ids = concat(
         if(former_preparer_ids is null, '[', concat(left(former_preparer_ids, char_length(former_preparer_ids) - 1), ',')),
         '"', prepared_by_id, '"]'), prepared_by_id = ?, prepared_by_name = ?, version = version + 1 where id in (?)`,
      [to.userId, to.name, rows.map((row) => row.id)],
    );
    return ok(rows.length);
  }
}

function mayNotTake(to: Worker, count: number): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: ['toId'],
    reason: 'SUCCESSOR_MAY_NOT',
    message: say(
      `${to.name} 没有编制纳管批次的权限，不能接手 ${count} 批`,
      `${to.name} may not prepare intakes and cannot take ${count} of them`,
    ),
  };
}
