import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { FormRow, ScanRow } from './documents.types.js';
import { RequestFormEntity, SealedScanEntity } from './papers.entity.js';

/** Whose papers they are is asked of the request, by callers. */
@Injectable()
export class PapersRepository {
  constructor(private readonly db: DataSource) {}

  /** The first version first. */
  forms(requestIds: readonly string[], manager: EntityManager = this.db.manager): Promise<FormRow[]> {
    return manager
      .createQueryBuilder(RequestFormEntity, 'form')
      .where('form.requestId in (:...ids)', { ids: inList(requestIds) })
      .orderBy('form.number')
      .getMany();
  }

  /** The newest first. */
  scans(requestIds: readonly string[]): Promise<ScanRow[]> {
    return this.db
      .createQueryBuilder(SealedScanEntity, 'scan')
      .innerJoinAndSelect('scan.form', 'form')
      .where('scan.requestId in (:...ids)', { ids: inList(requestIds) })
      .orderBy('scan.id', 'DESC')
      .getMany();
  }

  async scansByIds(ids: readonly string[]): Promise<ScanRow[]> {
    return this.db
      .createQueryBuilder(SealedScanEntity, 'scan')
      .innerJoinAndSelect('scan.form', 'form')
      .where('scan.id in (:...ids)', { ids: inList(ids) })
      .getMany();
  }

  async insertForm(tx: Tx, form: FormRow): Promise<void> {
    await tx.manager.insert(RequestFormEntity, { ...form, content: form.content as object });
  }

  async insertScan(tx: Tx, scan: Omit<ScanRow, 'form'> & { readonly formId: string }): Promise<void> {
    await tx.manager.insert(SealedScanEntity, { ...scan });
  }
}
