import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { PlacedShare } from '../allocation/domain/dr-shares.js';

/** What of a system people made ready and nobody has given back: such things have no record but their line. */
export interface LinesInUse {
  /** Places in cabinets, in all centers. */
  readonly places: number;
  readonly services: number;
  readonly centerIds: readonly string[];
}

/** For features that look at a whole system; a change of a line is a line of its own and is not counted beside it. */
@Injectable()
export class LinesOfSystems {
  constructor(private readonly db: DataSource) {}

  /** Callers have been let see the system. */
  async inUse(systemId: string): Promise<LinesInUse> {
    const rows: { kind: 'CABINET' | 'SERVICE'; count: number; shares: string | null }[] = await this.db.query(
      `select l.kind, l.item_count as count, l.shares from request r join request_line l on l.request_id = r.id
       where r.system_id = ? and r.nature = 'NEW' and l.kind in ('CABINET', 'SERVICE')
         and l.fulfilled_at is not null and l.ended_at is null`,
      [systemId],
    );
    const places = rows
      .filter(({ kind }) => kind === 'CABINET')
      .flatMap(({ shares }) => JSON.parse(shares ?? '[]') as PlacedShare[])
      .filter(({ owed }) => !owed);
    return {
      places: places.reduce((sum, { count }) => sum + count, 0),
      services: rows.filter(({ kind }) => kind === 'SERVICE').reduce((sum, { count }) => sum + Number(count), 0),
      centerIds: [...new Set(places.flatMap(({ centerId }) => centerId ?? []))].toSorted(),
    };
  }
}
