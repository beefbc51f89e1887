import { Check, Entity, Index } from 'typeorm';
import { DatedEditionColumns } from '../platform/database/edition-columns.js';
import type { GateContent } from './domain/rules.js';

/** Rules as they were published together; a draft has no number, and there is one draft at most. */
@Entity('gate_edition')
@Index('uq_gate_edition_number', ['number'], { unique: true })
@Index('uq_gate_edition_draft', ['openDraft'], { unique: true })
@Check('ck_gate_edition_number', '(number is null) = (published_at is null)')
@Check('ck_gate_edition_publisher', 'published_by_id is null or published_by_id <> changed_by_id')
export class GateEditionEntity extends DatedEditionColumns<GateContent> {}
