import { Injectable } from '@nestjs/common';
import type { InputPath, Refusal } from '../kernel/refusal.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { type ComingIn, comingObjection } from './domain/center-life.js';
import { FacilitiesRepository } from './facilities.repository.js';

/** KEPT: what is answered holds until the transaction ends; SEEN: as things are now, for telling, and nothing is locked. */
export type Sight = 'KEPT' | 'SEEN';

export interface Coming {
  readonly centerId: string;
  readonly what: ComingIn;
  /** Where in the input a refusal belongs. */
  readonly path: InputPath;
}

/**
 * The one gate through which anything comes into a center, whatever it is: cabinets, places, servers. Centers that are
 * KEPT are locked against being stopped, so they are asked for before what stands in them is locked.
 */
@Injectable()
export class CenterLives {
  constructor(private readonly repository: FacilitiesRepository) {}

  /** In the order of what comes; null = nothing is in its way. A center that there is not objects to nothing. */
  async objections(tx: Tx, coming: readonly Coming[], sight: Sight = 'KEPT'): Promise<(Refusal | null)[]> {
    const ids = [...new Set(coming.map((one) => one.centerId))];
    const found =
      sight === 'KEPT'
        ? await this.repository.keptCenters(tx, ids)
        : await this.repository.centersByIds(ids, tx.manager);
    const centers = new Map(found.map((center) => [center.id, center]));
    return coming.map(({ centerId, what, path }) => {
      const center = centers.get(centerId);
      return center ? comingObjection(center, what, path) : null;
    });
  }

  /** The same without the gaps. */
  async refusals(tx: Tx, coming: readonly Coming[], sight: Sight = 'KEPT'): Promise<Refusal[]> {
    return (await this.objections(tx, coming, sight)).filter((one) => one !== null);
  }

  /** None of these is stopped, and no window takes anything of them away, before the transaction ends. */
  async keep(tx: Tx, centerIds: readonly string[]): Promise<void> {
    await this.repository.keptCenters(tx, [...new Set(centerIds)]);
  }
}
