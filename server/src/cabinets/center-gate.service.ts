import { Injectable } from '@nestjs/common';
import { takesEquipment, takesPromises } from '../facilities/domain/center-life.js';
import type { Center } from '../facilities/domain/facility.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import type { InputPath, Refusal } from '../kernel/refusal.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { CabinetCensus } from './cabinet-census.repository.js';
import { centerTakesNoPromises, centerTakesNothing } from './domain/refusals.js';
import type { Wish } from './domain/wish.js';

/**
 * Whether a center's life allows what is asked of its rooms. The center's row is kept until the transaction ends, so that
 * nothing comes into a center that is being stopped at that moment.
 */
@Injectable()
export class CenterGate {
  constructor(
    private readonly census: CabinetCensus,
    private readonly facilities: FacilitiesService,
  ) {}

  /** While a center is planned and built, rooms and cabinets come into being; a stopped one takes nothing. */
  async equipmentObjections(tx: Tx, centerId: string, path: InputPath): Promise<Refusal[]> {
    const [center] = await this.facilities.keptCenters(tx, [centerId]);
    return center && !takesEquipment(center.life) ? [centerTakesNothing(center, path)] : [];
  }

  /** The place's own things may come while it is built; what is promised to or is a department's only once it is open. */
  async objections(tx: Tx, wishes: readonly Wish[]): Promise<Refusal[]> {
    // To say that units are not to be used is always right.
    const coming = wishes.filter((wish) => wish.state !== 'BLOCKED');
    const named = coming.flatMap(({ where }) => ('among' in where ? [] : [where.cabinetId]));
    const centerOf = await this.census.centersOf(tx, named);
    const where = (wish: Wish): string | undefined =>
      'among' in wish.where ? wish.where.among.centerId : centerOf.get(wish.where.cabinetId);
    const ids = [...new Set(coming.flatMap((wish) => where(wish) ?? []))];
    const centers = new Map((await this.facilities.keptCenters(tx, ids)).map((center) => [center.id, center]));
    return coming.flatMap((wish) => {
      const center = centers.get(where(wish) ?? '');
      return center ? objectionsTo(center, wish) : [];
    });
  }
}

function objectionsTo(center: Center, wish: Wish): Refusal[] {
  if (!takesEquipment(center.life)) return [centerTakesNothing(center, wish.path)];
  const promised = wish.departmentId !== null || wish.state !== 'OCCUPIED';
  return promised && !takesPromises(center.life) ? [centerTakesNoPromises(center, wish.path)] : [];
}
