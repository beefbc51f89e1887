import { Check, Entity, Index } from 'typeorm';
import { DatedEditionColumns, type DatedEditionRow } from '../platform/database/edition-columns.js';
import type { AssumptionContent } from './domain/assumptions.js';

/** Assumptions as they were put in force together; a draft has no number, and there is one draft at most. */
@Entity('self_build_edition')
@Index('uq_self_build_edition_number', ['number'], { unique: true })
@Index('uq_self_build_edition_draft', ['openDraft'], { unique: true })
@Check('ck_self_build_edition_number', '(number is null) = (published_at is null)')
@Check('ck_self_build_edition_second', 'published_by_id is null or published_by_id <> changed_by_id')
export class SelfBuildEditionEntity extends DatedEditionColumns<AssumptionContent> {}

export type SelfBuildEditionRow = DatedEditionRow<AssumptionContent>;
