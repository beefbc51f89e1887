import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Worker } from '../identity/domain/hand-over.js';
import { type PartOfWork, WorkToHandOver } from '../identity/work-to-hand-over.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { scopeFor } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { ImportState } from './domain/import-run.js';
import { ImportRegistry } from './import-registry.service.js';

/** Begun and not carried out: somebody must decide about it. */
const OPEN: readonly ImportState[] = ['UPLOADED', 'READING', 'PREVIEWED'];

/** Whose imports are whose when people leave. */
@Injectable()
export class ImportCustody implements OnModuleInit, PartOfWork {
  readonly key = 'imports';
  readonly name = say('未执行的导入', 'imports not yet carried out');

  constructor(
    private readonly db: DataSource,
    private readonly registry: ImportRegistry,
    private readonly work: WorkToHandOver,
  ) {}

  onModuleInit(): void {
    this.work.register(this);
  }

  async count(userId: string): Promise<number> {
    const [row] = await this.db.query('select count(*) as n from import_run where started_by = ? and state in (?)', [
      userId,
      OPEN,
    ]);
    return Number(row.n);
  }

  /** Refused when the successor may not carry out an import of one of the kinds. */
  async move(tx: Tx, from: Worker, to: Worker): Promise<Result<number, readonly Refusal[]>> {
    const rows: { id: string; kind: string }[] = await tx.manager.query(
      'select id, kind from import_run where started_by = ? and state in (?) order by id for update',
      [from.userId, OPEN],
    );
    const beyond = rows.filter(({ kind }) => {
      const permission = this.registry.kind(kind)?.permission;
      return !permission || !scopeFor(to, permission.object, permission.action);
    });
    if (beyond.length > 0) return refuse([mayNotTake(to, beyond.length)]);
    if (rows.length > 0)
      await tx.manager.query('update import_run set started_by = ?, starter_name = ? where id in (?)', [
        to.userId,
        to.name,
        rows.map((row) => row.id),
      ]);
    return ok(rows.length);
  }
}

function mayNotTake(to: Worker, count: number): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: ['toId'],
    reason: 'SUCCESSOR_MAY_NOT',
    message: say(
      `${to.name} 没有这类导入的权限，不能接手 ${count} 次导入；可先放弃它们`,
      `${to.name} may not carry out ${count} of the imports; discard them first`,
    ),
  };
}
