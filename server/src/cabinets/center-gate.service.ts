import { Injectable } from '@nestjs/common';
import { takesEquipment, takesPromises } from '../facilities/domain/center-life.js';
import type { Center } from '../facilities/domain/facility.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { PlaceMaintenance } from '../facilities/place-maintenance.service.js';
import type { InputPath, Refusal } from '../kernel/refusal.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { CabinetCensus } from './cabinet-census.repository.js';
import { centerTakesNoPromises, centerTakesNothing, underMaintenance } from './domain/refusals.js';
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
    private readonly maintenance: PlaceMaintenance,
  ) {}

  /** While a center is planned and built, rooms and cabinets come into being; a stopped one takes nothing. */
  async equipmentObjections(tx: Tx, centerId: string, path: InputPath): Promise<Refusal[]> {
    const [center] = await this.facilities.keptCenters(tx, [centerId]);
    return center && !takesEquipment(center.life) ? [centerTakesNothing(center, path)] : [];
  }

  /**
   * The place's own things may come while it is built; what is promised to or is a department's only once it is open. Into
   * what a running maintenance window takes away nothing comes at all.
   */
  async objections(tx: Tx, wishes: readonly Wish[]): Promise<Refusal[]> {
    const coming = wishes.filter(comesIn);
    const standing = new Map((await this.census.standing(tx, namedBy(coming))).map((cabinet) => [cabinet.id, cabinet]));
    const cabinetOf = ({ where }: Wish) => ('among' in where ? undefined : standing.get(where.cabinetId));
    const centerIdOf = (wish: Wish): string | undefined =>
      'among' in wish.where ? wish.where.among.centerId : cabinetOf(wish)?.centerId;
    const ids = [...new Set(coming.flatMap((wish) => centerIdOf(wish) ?? []))];
    const centers = new Map((await this.facilities.keptCenters(tx, ids)).map((center) => [center.id, center]));
    const away = ids.length > 0 ? await this.maintenance.awayIn(tx, ids) : new Set();
    return coming.flatMap((wish) => {
      const center = centers.get(centerIdOf(wish) ?? '');
      const closed = center ? objectionsTo(center, wish) : [];
      if (closed.length > 0) return closed;
      const cabinet = cabinetOf(wish);
      return cabinet && [cabinet.id, cabinet.rowId, cabinet.roomId].some((id) => away.has(id))
        ? [underMaintenance(wish.path)]
        : [];
    });
  }

  /** The wishes with what maintenance takes away left out of their choices. Asked before `objections` keeps the center. */
  async withoutAway(tx: Tx, wishes: readonly Wish[]): Promise<Wish[]> {
    const choices = wishes.flatMap(({ where }) => ('among' in where ? [where.among.centerId] : []));
    if (choices.length === 0) return [...wishes];
    const centerIds = [...new Set(choices)];
    await this.facilities.keptCenters(tx, centerIds);
    const away = await this.maintenance.awayIn(tx, centerIds);
    if (away.size === 0) return [...wishes];
    const shut = await this.census.within(tx, [...away]);
    return wishes.map((wish) =>
      'among' in wish.where
        ? { ...wish, where: { among: { ...wish.where.among, except: [...(wish.where.among.except ?? []), ...shut] } } }
        : wish,
    );
  }
}

/** To say that units are not to be used is always right. */
function comesIn({ state }: Wish): boolean {
  return state !== 'BLOCKED';
}

function namedBy(wishes: readonly Wish[]): string[] {
  return wishes.flatMap(({ where }) => ('among' in where ? [] : [where.cabinetId]));
}

function objectionsTo(center: Center, wish: Wish): Refusal[] {
  if (!takesEquipment(center.life)) return [centerTakesNothing(center, wish.path)];
  const promised = wish.departmentId !== null || wish.state !== 'OCCUPIED';
  return promised && !takesPromises(center.life) ? [centerTakesNoPromises(center, wish.path)] : [];
}
