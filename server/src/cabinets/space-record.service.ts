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

  /** Batch for loaders: what was in a cabinet at a moment. Moments are few: a page looks at one. */
  looks = async (looks: readonly Look[]): Promise<SpaceEntry[][]> => {
    const moments = Map.groupBy(looks, ({ at }) => at.getTime());
    const found = new Map<number, SpaceEntry[]>();
    for (const [at, of] of moments)
      found.set(at, await this.repository.asOf([...new Set(of.map(({ cabinetId }) => cabinetId))], new Date(at)));
    return looks.map(({ cabinetId, at }) =>
      (found.get(at.getTime()) ?? []).filter((entry) => entry.cabinetId === cabinetId),
    );
  };

  /** Lines of places in use, or given back, from before `before` that were written since. */
  factsSince(since: Date, before: Date): Promise<number> {
    return this.repository.factsSince(since, before);
  }

  /** Of these holders, the oldest line first. */
  linesOf(holderIds: readonly string[]): Promise<SpaceEntry[]> {
    return this.repository.linesOf(holderIds);
  }

  /** The same as a batch for loaders. */
  entries = async (holderIds: readonly string[]): Promise<SpaceEntry[][]> => {
    const lines = Map.groupBy(await this.repository.linesOf(holderIds), (line) => line.id);
    return holderIds.map((id) => lines.get(id) ?? []);
  };
}

export interface Look {
  readonly cabinetId: string;
  readonly at: Date;
}
