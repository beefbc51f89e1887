import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { NetworkZone } from '../facilities/domain/facility.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { LIVE_STATES } from './domain/holder.js';
import type { Whereabouts } from './domain/nearness.js';

export interface HolderZone extends Whereabouts {
  readonly centerId: string;
  readonly zone: NetworkZone;
}

/** For features above: in which cabinet and network zone a thing stands. */
@Injectable()
export class HolderZones {
  constructor(private readonly db: DataSource) {}

  /** By holder; what has ended stands nowhere and is absent. One statement. */
  async of(holderIds: readonly string[], tx?: Tx): Promise<ReadonlyMap<string, HolderZone>> {
    if (holderIds.length === 0) return new Map();
    const rows: (HolderZone & { id: string })[] = await (tx?.manager ?? this.db.manager).query(
      `select h.id, c.center_id as centerId, c.zone, c.id as cabinetId, c.row_id as rowId, c.room_id as roomId
       from cabinet_holder h join cabinet c on c.id = h.cabinet_id
       where h.id in (?) and h.state in (?)`,
      [inList(holderIds), LIVE_STATES],
    );
    return new Map(rows.map(({ id, ...zone }) => [id, zone]));
  }
}
