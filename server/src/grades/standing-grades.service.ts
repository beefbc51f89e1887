import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { GradesOfRequest, StandingGrade } from './domain/grade.js';
import { StandingGradeEntity } from './grades.entity.js';

/**
 * Grades that hold today. Evaluating is a late feature; gates, chains and quotas come before it and read here what it has
 * written down.
 */
@Injectable()
export class StandingGrades {
  constructor(private readonly db: DataSource) {}

  /** What a request for this system is judged by. Callers have been let see the system. */
  async ofRequest(systemId: string, departmentId: string): Promise<GradesOfRequest> {
    const [system = null, department = null] = await this.of([systemId, departmentId]);
    return { system, department };
  }

  /** Batch for loaders; callers have been let see the systems, or departments. */
  readonly of = async (subjectIds: readonly string[]): Promise<(StandingGrade | null)[]> => {
    const rows = await this.db
      .createQueryBuilder(StandingGradeEntity, 'g')
      .where('g.subjectId in (:...ids)', { ids: inList(subjectIds) })
      .getMany();
    const byId = new Map(rows.map((row) => [row.subjectId, row]));
    return subjectIds.map((id) => byId.get(id) ?? null);
  };

  /** An older period never takes the place of a newer one. */
  async put(tx: Tx, grades: readonly StandingGrade[]): Promise<void> {
    if (grades.length === 0) return;
    const newer = (column: string) => `${column} = if(values(period_to) >= period_to, values(${column}), ${column})`;
    await tx.manager.query(
      `insert into standing_grade (subject_id, kind, department_id, grade, evaluation_id, code, period_to) values ?
       on duplicate key update ${['department_id', 'grade', 'evaluation_id', 'code'].map(newer).join(', ')},
         period_to = greatest(period_to, values(period_to))`,
      [
        grades.map((one) => [
          ...[one.subjectId, one.kind, one.departmentId, one.grade],
          ...[one.evaluationId, one.code, one.periodTo],
        ]),
      ],
    );
  }

  /**
   * Judged anew: takes the place of the version before it, and of what is older. Periods of one last day, as December and the
   * year, are two evaluations: the one that was published after the other goes on standing.
   */
  async replace(
    tx: Tx,
    before: string,
    { grade, ...next }: Omit<StandingGrade, 'grade'> & { readonly grade: StandingGrade['grade'] | null },
  ): Promise<void> {
    const { periodTo, subjectId } = next;
    const where = { subjectId };
    const standing = await tx.manager.findOne(StandingGradeEntity, { where, lock: { mode: 'pessimistic_write' } });
    if (standing && standing.evaluationId !== before && standing.periodTo >= periodTo) return;
    if (grade === null) await this.remove(tx, [subjectId], periodTo);
    else await this.put(tx, [{ ...next, grade }]);
  }

  /** Those that were evaluated later and could not be graded have none. */
  async remove(tx: Tx, subjectIds: readonly string[], periodTo: string): Promise<void> {
    await tx.manager.query('delete from standing_grade where subject_id in (?) and period_to <= ?', [
      inList(subjectIds),
      periodTo,
    ]);
  }
}
