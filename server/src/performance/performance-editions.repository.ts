import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { EditionTable } from '../platform/database/edition-table.js';
import { PerformanceEditionEntity } from './performance.entity.js';
import type { PerformanceEditionRow } from './performance.types.js';

@Injectable()
export class PerformanceEditionsRepository extends EditionTable<PerformanceEditionRow> {
  constructor(db: DataSource) {
    super(db, PerformanceEditionEntity);
  }
}
