import { Injectable } from '@nestjs/common';
import { say } from '../kernel/bilingual.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { type LockedResource, ResourceMoves, type Said } from './resource-moves.service.js';
import { ResourcesRepository } from './resources.repository.js';

/** Where a machine is made, when that is decided anew. */
@Injectable()
export class ResourcePlacing {
  constructor(
    private readonly repository: ResourcesRepository,
    private readonly moves: ResourceMoves,
  ) {}

  /**
   * Placed elsewhere before it was ever delivered: a newer placement of the same machine. What stands of the former goes
   * first, in the cluster that has it; then it is made anew where it is from now on.
   */
  async rePlace(
    tx: Tx,
    row: LockedResource,
    to: { readonly centerId: string; readonly poolId: string },
    said: Said,
  ): Promise<void> {
    const newer = {
      generation: row.generation + 1,
      placementEpoch: row.placementEpoch + 1,
      version: row.version + 1,
    };
    await this.repository.update(tx, row.id, {
      ...{ ...to, ...newer, leavingCenterId: row.centerId, progressPercent: 0 },
      statusText: say('已改放，正在清除原位置', 'Placed elsewhere; what stands of it where it was is being removed'),
    });
    await this.moves.note(tx, row, 'RE_PLACED', said);
    tx.changed('request', row.requestId);
  }
}
