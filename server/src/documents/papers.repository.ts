import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { ScanRow, VersionRow } from './documents.types.js';
import type { SealablePaper } from './domain/paper-content.js';
import { PaperVersionEntity, SealedScanEntity } from './papers.entity.js';

/** Whose papers they are is asked of the request, by callers. */
@Injectable()
export class PapersRepository {
  constructor(private readonly db: DataSource) {}

  /** Of one paper of each request; the first version first. */
  async versions(
    paper: SealablePaper,
    requestIds: readonly string[],
    manager: EntityManager = this.db.manager,
  ): Promise<VersionRow[]> {
    const rows = await manager
      .createQueryBuilder(PaperVersionEntity, 'version')
      .where('version.requestId in (:...ids)', { ids: inList(requestIds) })
      .andWhere('version.paper = :paper', { paper })
      .orderBy('version.number')
      .getMany();
    return rows.map(versionOf);
  }

  /** Of one paper of each request; the newest first. */
  async scans(paper: SealablePaper, requestIds: readonly string[]): Promise<ScanRow[]> {
    const rows = await this.db
      .createQueryBuilder(SealedScanEntity, 'scan')
      .innerJoinAndSelect('scan.version', 'version')
      .where('scan.requestId in (:...ids)', { ids: inList(requestIds) })
      .andWhere('version.paper = :paper', { paper })
      .orderBy('scan.id', 'DESC')
      .getMany();
    return rows.map(scanOf);
  }

  async scansByIds(ids: readonly string[]): Promise<ScanRow[]> {
    const rows = await this.db
      .createQueryBuilder(SealedScanEntity, 'scan')
      .innerJoinAndSelect('scan.version', 'version')
      .where('scan.id in (:...ids)', { ids: inList(ids) })
      .getMany();
    return rows.map(scanOf);
  }

  async insertVersion(tx: Tx, version: VersionRow): Promise<void> {
    await tx.manager.insert(PaperVersionEntity, { ...version, content: version.content as object });
  }

  async insertScan(tx: Tx, scan: Omit<ScanRow, 'version'> & { readonly versionId: string }): Promise<void> {
    await tx.manager.insert(SealedScanEntity, { ...scan });
  }
}

/** Which content stands in a row follows from its paper. */
const versionOf = (row: PaperVersionEntity): VersionRow => row as VersionRow;
const scanOf = (row: SealedScanEntity): ScanRow => ({ ...row, version: versionOf(row.version) });
