import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import { uuidColumn } from '../platform/database/columns.js';
import type { Grade, GradedKind } from './domain/grade.js';

const word = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;

/** 现行评价等次, one a system or department; written down by `performance` as it publishes, read by what comes before it. */
@Entity('standing_grade')
@Check('ck_standing_grade_kind', "kind in ('SYSTEM', 'DEPARTMENT')")
@Check('ck_standing_grade_grade', "grade in ('EXCELLENT', 'GOOD', 'FAIR', 'POOR')")
export class StandingGradeEntity {
  @PrimaryColumn(uuidColumn)
  subjectId!: string;
  @Column(word(10))
  kind!: GradedKind;
  @Column(uuidColumn)
  departmentId!: string;
  @Column(word(10))
  grade!: Grade;
  @Column(uuidColumn)
  evaluationId!: string;
  @Column(word(30))
  code!: string;
  @Column({ type: 'date' })
  periodTo!: string;
}
