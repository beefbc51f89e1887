import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { EditionTable } from '../platform/database/edition-table.js';
import { DutyStandardEditionEntity, type StandardCatalogRow } from './standard-changes.entity.js';

/** The catalog is the desk's: it belongs to no department. */
@Injectable()
export class StandardChangesRepository extends EditionTable<StandardCatalogRow> {
  constructor(db: DataSource) {
    super(db, DutyStandardEditionEntity);
  }
}
