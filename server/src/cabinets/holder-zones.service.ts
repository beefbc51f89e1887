import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { NetworkZone } from '../facilities/domain/facility.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { LIVE_STATES } from './domain/holder.js';

export interface HolderZone {
  readonly centerId: string;
  readonly zone: NetworkZone;
}

/** For features above: which network zone a thing in a cabinet stands in. */
@Injectable()
export class HolderZones {
  constructor(private readonly db: DataSource) {}

  /** By holder; what has ended stands nowhere and is absent. One statement. */
  async of(holderIds: readonly string[], tx?: Tx): Promise<ReadonlyMap<string, HolderZone>> {
    if (holderIds.length === 0) return new Map();
    const rows: { id: string; centerId: string; zone: NetworkZone }[] = await (tx?.manager ?? this.db.manager).query(
      `select h.id, c.center_id as centerId, c.zone from cabinet_holder h join cabinet c on c.id = h.cabinet_id
       where h.id in (?) and h.state in (?)`,
      [inList(holderIds), LIVE_STATES],
    );
    return new Map(rows.map(({ id, ...zone }) => [id, zone]));
  }
}
