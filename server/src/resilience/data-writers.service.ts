import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import { GroupsRepository } from './groups.repository.js';

/** Who writes a data set, as an execution moves it. Two at once are refused by the database. */
@Injectable()
export class DataWriters {
  constructor(private readonly repository: GroupsRepository) {}

  /** false = the one that was to give it up does not write it, or the other has no copy: nothing was moved. */
  move(tx: Tx, dataSetId: string, fromCenterId: string, toCenterId: string): Promise<boolean> {
    return this.repository.moveWriter(tx, dataSetId, fromCenterId, toCenterId);
  }
}
