import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { EditionTable } from '../platform/database/edition-table.js';
import { GateEditionEntity } from './gates.entity.js';
import type { GateEditionRow } from './gates.types.js';

@Injectable()
export class GatesRepository extends EditionTable<GateEditionRow> {
  constructor(db: DataSource) {
    super(db, GateEditionEntity);
  }
}
