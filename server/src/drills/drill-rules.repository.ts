import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { EditionTable } from '../platform/database/edition-table.js';
import { DrDrillRuleEditionEntity, type DrillRuleRow } from './drills.entity.js';

/** The rule is the province's: it belongs to no department. */
@Injectable()
export class DrillRulesRepository extends EditionTable<DrillRuleRow> {
  constructor(db: DataSource) {
    super(db, DrDrillRuleEditionEntity);
  }
}
