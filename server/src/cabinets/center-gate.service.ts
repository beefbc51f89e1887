import { Injectable } from '@nestjs/common';
import { CenterLives, type Coming, type Sight } from '../facilities/center-lives.service.js';
import type { ComingIn } from '../facilities/domain/center-life.js';
import { PlaceMaintenance } from '../facilities/place-maintenance.service.js';
import type { InputPath, Refusal } from '../kernel/refusal.js';
import type { Reading, Tx } from '../platform/database/unit-of-work.js';
import { CabinetCensus, type Standing } from './cabinet-census.repository.js';
import { underMaintenance } from './domain/refusals.js';
import type { Wish } from './domain/wish.js';

/** What comes to a place: what a wish or a move has in common. */
export type ComingTo = Pick<Wish, 'where' | 'state' | 'departmentId' | 'path'>;

/**
 * Whether a center's life and what is maintained there allow what is asked of its rooms. The center's row is kept until
 * the transaction ends, so that nothing comes into a center that is being stopped at that moment.
 */
@Injectable()
export class CenterGate {
  constructor(
    private readonly census: CabinetCensus,
    private readonly lives: CenterLives,
    private readonly maintenance: PlaceMaintenance,
  ) {}

  /** While a center is planned and built, rooms and cabinets come into being; a stopped one takes nothing. */
  equipmentObjections(tx: Tx, centerId: string, path: InputPath): Promise<Refusal[]> {
    return this.lives.refusals(tx, [{ centerId, what: 'EQUIPMENT', path }]);
  }

  /** Of whole cabinets of one center, told at most once for each. */
  cabinetObjections(
    tx: Tx,
    centerId: string,
    coming: readonly { readonly what: ComingIn; readonly path: InputPath }[],
  ): Promise<Refusal[]> {
    return this.lives.refusals(
      tx,
      coming.map((one) => ({ ...one, centerId })),
    );
  }

  /** The center of a cabinet, kept before the cabinet is locked; null = there is no such cabinet. */
  async keptCenterOf(tx: Tx, cabinetId: string): Promise<string | null> {
    const [cabinet] = await this.census.standing(tx, [cabinetId]);
    if (!cabinet) return null;
    await this.lives.keep(tx, [cabinet.centerId]);
    return cabinet.centerId;
  }

  /**
   * The place's own things may come while it is built; what is promised to or is a department's only once it is open. Into
   * what a running maintenance window takes away nothing comes at all.
   */
  async objections(tx: Tx, wishes: readonly ComingTo[], sight: Sight = 'KEPT'): Promise<Refusal[]> {
    const coming = wishes.filter(comesIn);
    const standing = new Map((await this.census.standing(tx, namedBy(coming))).map((cabinet) => [cabinet.id, cabinet]));
    const spots = coming.flatMap((wish) => spotOf(wish, standing));
    const closed = await this.lives.objections(tx, spots, sight);
    const ids = [...new Set(spots.map((spot) => spot.centerId))];
    const away = ids.length > 0 ? await this.maintenance.awayIn(tx, ids) : new Set();
    return spots.flatMap(({ cabinet, path }, at) => {
      const objection = closed[at];
      if (objection) return [objection];
      return cabinet && [cabinet.id, cabinet.rowId, cabinet.roomId].some((id) => away.has(id))
        ? [underMaintenance(path)]
        : [];
    });
  }

  /** Cabinets of these centers that running maintenance windows take away, by room, row or themselves. */
  async shutIn(reading: Reading, centerIds: readonly string[]): Promise<string[]> {
    const away = await this.maintenance.awayIn(reading, centerIds);
    return away.size === 0 ? [] : this.census.within(reading, [...away]);
  }

  /** The wishes with what maintenance takes away left out of their choices. Asked before `objections`. */
  async withoutAway(tx: Tx, wishes: readonly Wish[], sight: Sight = 'KEPT'): Promise<Wish[]> {
    const choices = wishes.flatMap(({ where }) => ('among' in where ? [where.among.centerId] : []));
    if (choices.length === 0) return [...wishes];
    const centerIds = [...new Set(choices)];
    if (sight === 'KEPT') await this.lives.keep(tx, centerIds);
    const shut = await this.shutIn(tx, centerIds);
    if (shut.length === 0) return [...wishes];
    return wishes.map((wish) =>
      'among' in wish.where
        ? { ...wish, where: { among: { ...wish.where.among, except: [...(wish.where.among.except ?? []), ...shut] } } }
        : wish,
    );
  }
}

/** To say that units are not to be used is always right. */
function comesIn({ state }: ComingTo): boolean {
  return state !== 'BLOCKED';
}

function namedBy(wishes: readonly ComingTo[]): string[] {
  return wishes.flatMap(({ where }) => ('among' in where ? [] : [where.cabinetId]));
}

/** What comes, to which center; nothing for a cabinet that there is not, which the book will say. */
function spotOf(
  { where, state, departmentId, path }: ComingTo,
  standing: ReadonlyMap<string, Standing>,
): (Coming & { readonly cabinet: Standing | undefined })[] {
  const what: ComingIn = departmentId !== null || state !== 'OCCUPIED' ? 'PROMISE' : 'EQUIPMENT';
  if ('among' in where) return [{ centerId: where.among.centerId, cabinet: undefined, what, path }];
  const cabinet = standing.get(where.cabinetId);
  return cabinet ? [{ centerId: cabinet.centerId, cabinet, what, path }] : [];
}
