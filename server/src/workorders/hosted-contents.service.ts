import { Injectable } from '@nestjs/common';
import type { SpaceContents, ThingsBySpace } from '../cabinets/space-contents.types.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { HostingRepository } from './hosting.repository.js';
import type { EquipmentRow } from './workorders.types.js';

/** Departments' equipment as the places know it in which it stands, or is to stand. */
@Injectable()
export class HostedContents implements SpaceContents {
  constructor(private readonly hosting: HostingRepository) {}

  async of(holderIds: readonly string[]): Promise<ThingsBySpace> {
    return bySpace(await this.hosting.standingIn(holderIds));
  }

  async kept(tx: Tx, holderIds: readonly string[]): Promise<ThingsBySpace> {
    for (const holderId of holderIds.toSorted()) await this.hosting.lockSpace(tx, holderId);
    return bySpace(await this.hosting.standingIn(holderIds, tx.manager));
  }

  bottomMoved(tx: Tx, holderId: string, upHalfUnits: number): Promise<void> {
    return this.hosting.bottomMoved(tx, holderId, upHalfUnits);
  }
}

function bySpace(rows: readonly EquipmentRow[]): ThingsBySpace {
  const standing = rows.map((row) => ({ ...row, startHalfUnit: row.startHalfUnit ?? 0 }));
  return Map.groupBy(standing, ({ holderId }) => holderId ?? '');
}
