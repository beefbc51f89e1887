import { Injectable } from '@nestjs/common';
import { SpaceRecordRepository } from './space-record.repository.js';
import type { SpaceChange, SpaceEntry, SpaceUse } from './space-record.types.js';

/**
 * What stood or was promised in cabinets, and from when: read from the append-only record, which every change of a holder
 * writes (SpaceRepository.save). Use by days, trends and views of the past derive from it and from nothing else.
 */
@Injectable()
export class SpaceRecord {
  constructor(private readonly repository: SpaceRecordRepository) {}

  /** All of the past, by month, center and zone; for trends. */
  changes(): Promise<SpaceChange[]> {
    return this.repository.changes();
  }

  /** Half-unit-days from `from` until before `until`, days of the accounting calendar. Sums agree in every grouping. */
  use(from: string, until: string): Promise<SpaceUse[]> {
    return this.repository.use(from, until);
  }

  /** The caller has been let see the cabinets, and shows of foreign holders that they were there, no more. */
  asOf(cabinetIds: readonly string[], at: Date): Promise<SpaceEntry[]> {
    return this.repository.asOf(cabinetIds, at);
  }

  /** Of these holders, the oldest line first. */
  linesOf(holderIds: readonly string[]): Promise<SpaceEntry[]> {
    return this.repository.linesOf(holderIds);
  }
}
