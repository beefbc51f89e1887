import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type SelectQueryBuilder } from 'typeorm';
import type { Grade, GradedKind, StandingGrade } from '../grades/domain/grade.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { bulkInsert } from '../platform/database/bulk-insert.js';
import { auditSchemaOf } from '../platform/database/data-source.js';
import { matching, newestOf, withinScope } from '../platform/database/listing.js';
import { inList, type Reading, type Tx } from '../platform/database/unit-of-work.js';
import { FROZEN_FORMAT } from './domain/evaluation.js';
import { PerformanceConsequenceEntity, PerformanceEvaluationEntity } from './performance.entity.js';
import type { ConsequenceRow, EvaluationRow, FrozenRow } from './performance.types.js';

export interface EvaluationFilter {
  readonly runId: string | null;
  readonly kind: GradedKind | null;
  readonly grades: readonly Grade[];
  /** Only those that were too little known to be graded. */
  readonly ungraded: boolean;
  readonly departmentId: string | null;
  readonly search: string | null;
  /** What waits for a second person is seen by those who work on it. */
  readonly alsoUnpublished: boolean;
}

const COLUMNS = [
  ...(['id', 'runId', 'code', 'kind', 'subjectId', 'subjectName', 'departmentId', 'version', 'newest'] as const),
  ...(['grade', 'points', 'evidencePercent', 'content', 'hash', 'createdAt', 'publishedAt', 'appealDueAt'] as const),
  'settled',
] as const satisfies readonly (keyof EvaluationRow)[];

/** Bytes of one statement; contents have some six thousand each. */
const ROWS_PER_STATEMENT = 500;

@Injectable()
export class EvaluationsRepository {
  private readonly frozen: string;

  constructor(private readonly db: DataSource) {
    this.frozen = `\`${auditSchemaOf(db.options.database as string)}\`.frozen_evaluation`;
  }

  /** Of each subject the newest version, the newest evaluation first. */
  page(scope: TenantScope, filter: EvaluationFilter, page: PageRequest): Promise<Page<EvaluationRow>> {
    return newestOf(() => this.filtered(scope, filter), 'e.createdAt', 'e.id', page);
  }

  /** How many have each grade; null = none. */
  async counts(scope: TenantScope, filter: EvaluationFilter): Promise<{ grade: Grade | null; count: number }[]> {
    const rows: { grade: Grade | null; count: string }[] = await this.filtered(scope, filter)
      .select('e.grade', 'grade')
      .addSelect('count(*)', 'count')
      .groupBy('e.grade')
      .getRawMany();
    return rows.map(({ grade, count }) => ({ grade, count: Number(count) }));
  }

  private filtered(scope: TenantScope, filter: EvaluationFilter): SelectQueryBuilder<PerformanceEvaluationEntity> {
    const query = this.within(scope, filter.alsoUnpublished).andWhere('e.newest = 1');
    if (filter.runId !== null) query.andWhere('e.runId = :runId', { runId: filter.runId });
    // What was returned or taken back is no grade of anybody's: it is looked at by its run only, and counted nowhere else.
    else if (filter.alsoUnpublished)
      query.andWhere('exists (select 1 from performance_run r where r.id = e.runId and r.live = 1)');
    if (filter.kind !== null) query.andWhere('e.kind = :kind', { kind: filter.kind });
    if (filter.grades.length > 0) query.andWhere('e.grade in (:...grades)', { grades: filter.grades });
    if (filter.ungraded) query.andWhere('e.grade is null');
    if (filter.departmentId !== null)
      query.andWhere('e.departmentId = :departmentId', { departmentId: filter.departmentId });
    return matching(query, ['e.code', 'e.subjectName'], filter.search);
  }

  private within(scope: TenantScope, alsoUnpublished: boolean): SelectQueryBuilder<PerformanceEvaluationEntity> {
    const query = this.db.createQueryBuilder(PerformanceEvaluationEntity, 'e').where('1 = 1');
    if (!alsoUnpublished) query.andWhere('e.publishedAt is not null');
    return withinScope(query, 'e.departmentId', scope);
  }

  inScope(scope: TenantScope, id: string, alsoUnpublished: boolean): Promise<EvaluationRow | null> {
    return this.within(scope, alsoUnpublished).andWhere('e.id = :id', { id }).getOne();
  }

  /** Batch of loaders: what was published of each subject, the newest period and version first. */
  ofSubjects(subjectIds: readonly string[]): Promise<EvaluationRow[]> {
    return this.db
      .createQueryBuilder(PerformanceEvaluationEntity, 'e')
      .where('e.subjectId in (:...ids) and e.publishedAt is not null', { ids: inList(subjectIds) })
      .orderBy('e.createdAt', 'DESC')
      .addOrderBy('e.version', 'DESC')
      .addOrderBy('e.id', 'DESC')
      .getMany();
  }

  locked(tx: Tx, scope: TenantScope, id: string): Promise<EvaluationRow | null> {
    const query = tx.manager
      .createQueryBuilder(PerformanceEvaluationEntity, 'e')
      .where('e.id = :id and e.publishedAt is not null', { id })
      .setLock('pessimistic_write');
    return withinScope(query, 'e.departmentId', scope).getOne();
  }

  async insert(tx: Tx, rows: readonly EvaluationRow[]): Promise<void> {
    for (let at = 0; at < rows.length; at += ROWS_PER_STATEMENT)
      await bulkInsert<EvaluationRow>(tx, 'performance_evaluation', COLUMNS, rows.slice(at, at + ROWS_PER_STATEMENT));
  }

  /** From here on everybody concerned sees them, and they may be appealed against. */
  async publish(tx: Tx, runId: string, appealDueAt: Date): Promise<void> {
    await tx.manager.query(
      'update performance_evaluation set published_at = ?, appeal_due_at = ?, settled = 0 where run_id = ?',
      [tx.now, appealDueAt, runId],
    );
  }

  /** Another version takes its place. */
  async replace(tx: Tx, id: string): Promise<void> {
    await tx.manager.update(PerformanceEvaluationEntity, { id }, { newest: null, settled: true });
  }

  /** Sealed by copying: what stands there was in the row at that moment, hash and all. */
  async freeze(
    tx: Tx,
    which: { readonly runId: string } | { readonly id: string },
    people: { readonly preparedById: string; readonly publishedById: string; readonly previousHash: string | null },
  ): Promise<void> {
    const [column, value] = 'id' in which ? ['id', which.id] : ['run_id', which.runId];
    await tx.manager.query(
      `insert into ${this.frozen} (id, run_id, code, subject_id, version, grade, points, content, previous_hash, hash, format,
         prepared_by_id, published_by_id, frozen_at)
       select id, run_id, code, subject_id, version, grade, points, content, ?, hash, ?, ?, ?, ?
         from performance_evaluation where ${column} = ?`,
      [people.previousHash, FROZEN_FORMAT, people.preparedById, people.publishedById, tx.now, value],
    );
  }

  /** By id of the evaluation. */
  async frozenOf(ids: readonly string[], { manager }: Reading = this.db): Promise<FrozenRow[]> {
    const rows: Record<string, string | number | Date | null>[] = await manager.query(
      `select id, run_id, code, version, content, previous_hash, hash, format, frozen_at from ${this.frozen} where id in (?)`,
      [inList(ids)],
    );
    return rows.map((row) => ({
      ...{ id: row.id as string, runId: row.run_id as string, code: row.code as string, version: Number(row.version) },
      content: JSON.parse(row.content as string),
      ...{ previousHash: row.previous_hash as string | null, hash: row.hash as string },
      ...{ format: row.format as string, frozenAt: row.frozen_at as Date },
    }));
  }

  /** Whoever published any version of it: the first by its run, each later one by an appeal. */
  async publishersOf(tx: Tx, code: string): Promise<string[]> {
    const rows: { id: string }[] = await tx.manager.query(
      `select published_by_id as id from ${this.frozen} where code = ? order by version`,
      [code],
    );
    return rows.map(({ id }) => id);
  }

  /** What of a run becomes the grades that hold. */
  async gradesOf(
    tx: Tx,
    runId: string,
    periodTo: string,
  ): Promise<(Omit<StandingGrade, 'grade'> & { grade: Grade | null })[]> {
    const rows: Record<string, string | null>[] = await tx.manager.query(
      'select id, code, kind, subject_id, department_id, grade from performance_evaluation where run_id = ? order by id',
      [runId],
    );
    return rows.map((row) => ({
      ...{
        subjectId: row.subject_id as string,
        kind: row.kind as GradedKind,
        departmentId: row.department_id as string,
      },
      ...{ grade: row.grade as Grade | null, evaluationId: row.id as string, code: row.code as string, periodTo },
    }));
  }

  /** Published, and what follows is not done yet; the oldest first. */
  async unsettled(limit: number): Promise<EvaluationRow[]> {
    return this.db
      .createQueryBuilder(PerformanceEvaluationEntity, 'e')
      .where('e.settled = 0 and e.publishedAt is not null and e.newest = 1')
      .orderBy('e.publishedAt')
      .addOrderBy('e.id')
      .take(limit)
      .getMany();
  }

  /** @returns false = somebody else was quicker. */
  async settle(tx: Tx, id: string): Promise<boolean> {
    const { affected } = await tx.manager.update(
      PerformanceEvaluationEntity,
      { id, settled: false },
      { settled: true },
    );
    return affected === 1;
  }

  /** The key says it to two at once: what followed once does not follow again. */
  async follow(tx: Tx, row: Omit<ConsequenceRow, 'at'>): Promise<void> {
    await tx.manager.insert(PerformanceConsequenceEntity, { ...row, at: tx.now });
  }

  consequencesOf(ids: readonly string[], manager: EntityManager = this.db.manager): Promise<ConsequenceRow[]> {
    return manager
      .createQueryBuilder(PerformanceConsequenceEntity, 'c')
      .where('c.evaluationId in (:...ids)', { ids: inList(ids) })
      .orderBy('c.kind')
      .addOrderBy('c.label')
      .addOrderBy('c.objectId')
      .getMany();
  }
}
