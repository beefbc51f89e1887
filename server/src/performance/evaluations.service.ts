import { Injectable } from '@nestjs/common';
import type { Grade } from '../grades/domain/grade.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { type EvaluationFilter, EvaluationsRepository } from './evaluations.repository.js';
import type { ConsequenceRow, EvaluationRow } from './performance.types.js';
import { PerformanceRuns } from './runs.service.js';

/** Evaluations as they are read, and whether what was frozen is still what it was. */
@Injectable()
export class Evaluations {
  constructor(
    private readonly repository: EvaluationsRepository,
    private readonly runs: PerformanceRuns,
  ) {}

  page(scope: TenantScope, filter: EvaluationFilter, page: PageRequest): Promise<Page<EvaluationRow>> {
    return this.repository.page(scope, filter, page);
  }

  counts(scope: TenantScope, filter: EvaluationFilter): Promise<{ grade: Grade | null; count: number }[]> {
    return this.repository.counts(scope, filter);
  }

  inScope(scope: TenantScope, id: string, alsoUnpublished: boolean): Promise<EvaluationRow | null> {
    return this.repository.inScope(scope, id, alsoUnpublished);
  }

  /** Batch for loaders: what was published of each subject, the newest first; callers have been let see the subjects. */
  readonly ofSubjects = async (subjectIds: readonly string[]): Promise<EvaluationRow[][]> => {
    const rows = Map.groupBy(await this.repository.ofSubjects(subjectIds), (row) => row.subjectId);
    return subjectIds.map((id) => rows.get(id) ?? []);
  };

  /** Batch for loaders; callers have been let see the evaluations. */
  readonly consequencesOf = async (ids: readonly string[]): Promise<ConsequenceRow[][]> => {
    const rows = Map.groupBy(await this.repository.consequencesOf(ids), (row) => row.evaluationId);
    return ids.map((id) => rows.get(id) ?? []);
  };

  /**
   * Batch for loaders: whether what was frozen still has its hash, and all that is shown here is it: a copy whose hash nobody
   * touched may have been changed beside it. null = it is not frozen.
   */
  readonly verified = async (rows: readonly EvaluationRow[]): Promise<(boolean | null)[]> => {
    const frozen = new Map((await this.repository.frozenOf(rows.map(({ id }) => id))).map((one) => [one.id, one]));
    return rows.map((row) => {
      const sealed = frozen.get(row.id);
      if (!sealed) return row.publishedAt === null ? null : false;
      const { content, hash, id, previousHash, runId, version } = sealed;
      const head = { id, runId, version, previousHash };
      const shown = { id: row.id, runId: row.runId, version: row.version, previousHash };
      return (
        hash === row.hash &&
        this.runs.hashOf(head, content) === hash &&
        this.runs.hashOf(shown, row.content) === hash &&
        row.grade === content.grade &&
        row.points === content.points &&
        row.evidencePercent === content.evidencePercent
      );
    });
  };
}
