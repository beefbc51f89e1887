import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { EditionTable } from '../platform/database/edition-table.js';
import { SelfBuildEditionEntity, type SelfBuildEditionRow } from './self-build.entity.js';

/** Editions belong to no department: whoever compares reads by which one. */
@Injectable()
export class SelfBuildRepository extends EditionTable<SelfBuildEditionRow> {
  constructor(db: DataSource) {
    super(db, SelfBuildEditionEntity);
  }
}
