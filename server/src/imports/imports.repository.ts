import { Injectable } from '@nestjs/common';
import { DataSource, type SelectQueryBuilder } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { ImportRun, ImportState } from './domain/import-run.js';
import { ImportRunEntity } from './imports.entity.js';

/** Whose runs: one's own, and all of the kinds that one may import for the whole province. */
export interface RunsSeen {
  readonly userId: string;
  readonly kinds: readonly string[];
}

type Change = Partial<Omit<ImportRun, 'id' | 'version'>>;

@Injectable()
export class ImportsRepository {
  constructor(private readonly db: DataSource) {}

  async insert(tx: Tx, run: ImportRun): Promise<void> {
    await tx.manager.insert(ImportRunEntity, { ...run });
  }

  /** As it is in this transaction. */
  within(tx: Tx, id: string): Promise<ImportRun | null> {
    return tx.manager.findOneBy(ImportRunEntity, { id });
  }

  /** null = no such run, or not for these eyes. */
  seen(seen: RunsSeen, id: string): Promise<ImportRun | null> {
    return this.seenRuns(seen).andWhere('run.id = :id', { id }).getOne();
  }

  /** Newest first. */
  async list(seen: RunsSeen, kind: string | null, page: PageRequest): Promise<Page<ImportRun>> {
    const query = this.seenRuns(seen);
    if (kind !== null) query.andWhere('run.kind = :kind', { kind });
    const totalCount = await query.getCount();
    if (page.after) query.andWhere('run.id < :after', { after: page.after[0] });
    const rows = await query
      .orderBy('run.id', 'DESC')
      .limit(page.first + 1)
      .getMany();
    return { rows: rows.slice(0, page.first), totalCount, hasNextPage: rows.length > page.first };
  }

  /** Moves a run that is still in one of the states; false = somebody else has moved it. */
  async move(tx: Tx, id: string, from: readonly ImportState[], change: Change): Promise<boolean> {
    const result = await tx.manager
      .createQueryBuilder()
      .update(ImportRunEntity)
      .set({ ...change, changedAt: tx.now, version: () => 'version + 1' })
      .where('id = :id and state in (:...from)', { id, from })
      .execute();
    if (result.affected === 1) tx.changed('import', id);
    return result.affected === 1;
  }

  /** Of runs in a state that have shown no sign of life since. */
  async silent(state: ImportState, before: Date): Promise<string[]> {
    const rows: { id: string }[] = await this.db.query(
      'select id from import_run where state = ? and changed_at < ? limit 100',
      [state, before],
    );
    return rows.map((row) => row.id);
  }

  private seenRuns({ userId, kinds }: RunsSeen): SelectQueryBuilder<ImportRunEntity> {
    return this.db
      .createQueryBuilder(ImportRunEntity, 'run')
      .where('(run.startedBy = :userId or run.kind in (:...kinds))', {
        userId,
        kinds: kinds.length > 0 ? kinds : [''],
      });
  }
}
