import { Column, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../../kernel/calendar.js';
import { jsonColumn, timeColumn, uuidColumn } from './columns.js';

const personName = { type: 'varchar', length: 100 } as const;

/**
 * Of what is published in editions and never changed from then on. A draft has no number, and there is one at most: each table
 * has the two keys that hold it, and the check that nobody publishes what they changed last.
 */
export abstract class EditionColumns<Content> {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column({ type: 'int', nullable: true })
  number!: number | null;
  /** 1 while it is a draft. */
  @Column({ type: 'tinyint', nullable: true })
  openDraft!: number | null;
  @Column({ type: 'varchar', length: 200 })
  note!: string;
  @Column(jsonColumn)
  content!: Content;
  @Column({ type: 'int' })
  version!: number;
  @Column(timeColumn)
  changedAt!: Date;
  @Column({ ...uuidColumn, nullable: true })
  changedById!: string | null;
  @Column(personName)
  changedBy!: string;
  @Column({ ...timeColumn, nullable: true })
  publishedAt!: Date | null;
  @Column({ ...uuidColumn, nullable: true })
  publishedById!: string | null;
  @Column({ ...personName, nullable: true })
  publishedBy!: string | null;
}

/** Those that begin on a day of their own, not with their publishing. */
export abstract class DatedEditionColumns<Content> extends EditionColumns<Content> {
  /** 施行日期: from the beginning of that day. */
  @Column({ type: 'date' })
  effectiveFrom!: CalendarDate;
}

/** number: null = the draft. */
export type EditionRow<Content> = Readonly<Omit<EditionColumns<Content>, 'openDraft'>>;
export type DatedEditionRow<Content> = Readonly<Omit<DatedEditionColumns<Content>, 'openDraft'>>;
