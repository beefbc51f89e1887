import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { EditionTable } from '../platform/database/edition-table.js';
import { ApprovalEditionEntity } from './approvals.entity.js';
import type { ChainEditionRow } from './approvals.types.js';

@Injectable()
export class EditionsRepository extends EditionTable<ChainEditionRow> {
  constructor(db: DataSource) {
    super(db, ApprovalEditionEntity);
  }
}
