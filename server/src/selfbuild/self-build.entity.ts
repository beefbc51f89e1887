import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { AssumptionContent } from './domain/assumptions.js';

const name = { type: 'varchar', length: 100 } as const;

/** Assumptions as they were put in force together; a draft has no number, and there is one draft at most. */
@Entity('self_build_edition')
@Index('uq_self_build_edition_number', ['number'], { unique: true })
@Index('uq_self_build_edition_draft', ['openDraft'], { unique: true })
@Check('ck_self_build_edition_number', '(number is null) = (published_at is null)')
@Check('ck_self_build_edition_second', 'published_by_id is null or published_by_id <> changed_by_id')
export class SelfBuildEditionEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column({ type: 'int', nullable: true })
  number!: number | null;
  /** 1 while it is a draft. */
  @Column({ type: 'tinyint', nullable: true })
  openDraft!: number | null;
  @Column({ type: 'varchar', length: 200 })
  note!: string;
  @Column({ type: 'date' })
  effectiveFrom!: string;
  @Column(jsonColumn)
  content!: AssumptionContent;
  @Column({ type: 'int' })
  version!: number;
  @Column(timeColumn)
  changedAt!: Date;
  @Column({ ...uuidColumn, nullable: true })
  changedById!: string | null;
  @Column(name)
  changedBy!: string;
  @Column({ ...timeColumn, nullable: true })
  publishedAt!: Date | null;
  @Column({ ...uuidColumn, nullable: true })
  publishedById!: string | null;
  @Column({ ...name, nullable: true })
  publishedBy!: string | null;
}

export type SelfBuildEditionRow = Readonly<Omit<SelfBuildEditionEntity, 'openDraft'>>;
