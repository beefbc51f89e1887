import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { QuotaLevel } from '../kernel/refusal.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { QuotaSubject } from './domain/quota.js';
import { QuotaEntity } from './quotas.entity.js';

export interface QuotaRow {
  readonly subjectId: string;
  readonly level: QuotaLevel;
  readonly departmentId: string;
  readonly version: number;
}

@Injectable()
export class QuotasRepository {
  constructor(private readonly db: DataSource) {}

  byIds(subjectIds: readonly string[]): Promise<QuotaRow[]> {
    return this.db
      .createQueryBuilder(QuotaEntity, 'quota')
      .where('quota.subjectId in (:...ids)', { ids: inList(subjectIds) })
      .getMany();
  }

  /** Quotas of these departments and of everything that belongs to them. */
  ofDepartments(departmentIds: readonly string[], manager: EntityManager = this.db.manager): Promise<QuotaRow[]> {
    return manager
      .createQueryBuilder(QuotaEntity, 'quota')
      .where('quota.departmentId in (:...ids)', { ids: inList(departmentIds) })
      .orderBy('quota.subjectId')
      .getMany();
  }

  /** Rows that are there already stay as they are. */
  async open(tx: Tx, subjects: readonly QuotaSubject[]): Promise<void> {
    const rows = subjects
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ id, level, departmentId }) => [id, level, departmentId, 0, 0]);
    if (rows.length > 0)
      await tx.manager.query(
        'insert ignore into quota (subject_id, level, department_id, version, tree_version) values ?',
        [rows],
      );
  }

  /** From here to commit nobody else sets a limit in the tree beneath this department. */
  async lockTree(tx: Tx, topDepartmentId: string): Promise<void> {
    await tx.manager.query('update quota set tree_version = tree_version + 1 where subject_id = ?', [topDepartmentId]);
  }

  /** Before any counter: whoever sets a limit locks in the same order. */
  async lock(tx: Tx, subjectId: string): Promise<void> {
    const rows = await tx.manager.query('select 1 from quota where subject_id = ? for update', [subjectId]);
    if (rows.length === 0) throw new Error(`quota ${subjectId} was not opened before the unit of work`);
  }

  async versionOf(tx: Tx, subjectId: string): Promise<number> {
    const [row] = await tx.manager.query('select version from quota where subject_id = ? for update', [subjectId]);
    return Number(row.version);
  }

  async setVersion(tx: Tx, subjectId: string, version: number): Promise<void> {
    await tx.manager.query('update quota set version = ? where subject_id = ?', [version, subjectId]);
  }
}
