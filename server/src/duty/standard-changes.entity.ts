import { Check, Entity, Index } from 'typeorm';
import { EditionColumns, type EditionRow } from '../platform/database/edition-columns.js';
import type { StandardCatalog } from './domain/standard-changes.js';

/** 标准变更目录: what is approved beforehand; an edition is never changed. */
@Entity('duty_standard_edition')
@Index('uq_duty_standard_edition_number', ['number'], { unique: true })
@Index('uq_duty_standard_edition_draft', ['openDraft'], { unique: true })
@Check('ck_duty_standard_edition_number', '(number is null) = (published_at is null)')
@Check('ck_duty_standard_edition_second', 'published_by_id is null or published_by_id <> changed_by_id')
export class DutyStandardEditionEntity extends EditionColumns<StandardCatalog> {}

export type StandardCatalogRow = EditionRow<StandardCatalog>;
