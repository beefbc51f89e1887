import { Injectable } from '@nestjs/common';
import { halfUnitAt, unitsOf } from '../cabinets/domain/units.js';
import { GivenSpaces } from '../cabinets/given-spaces.service.js';
import { SpaceService } from '../cabinets/space.service.js';
import type { GivenPlace } from '../cabinets/space.types.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { type Tx, WriteConflict } from '../platform/database/unit-of-work.js';
import { PlacesInChange } from '../requests/places-in-change.service.js';
import { type EquipmentAction, equipmentAfter, fitInto } from './domain/equipment.js';
import type { WorkOrderKind } from './domain/work-order.js';
import { HostingRepository } from './hosting.repository.js';
import { beingShrunk, invalid, unknown } from './order-refusals.js';
import { PortClaims } from './port-claims.service.js';
import type { EquipmentRow, OrderThing, WorkOrderRow } from './workorders.types.js';

/** What the work of a kind does to the things that it is about, when it is done. */
const DONE_TO_THINGS: { readonly [K in WorkOrderKind]?: EquipmentAction } = {
  MOVE_IN: 'ARRIVE',
  RACK: 'STAND',
  UNRACK: 'TAKE_DOWN',
  MOVE_OUT: 'LEAVE',
};
export type Last = (tx: Tx) => Promise<Result<undefined, readonly Refusal[]>>;
type Outcome = Result<Last, readonly Refusal[]>;

/**
 * What an order does to spaces, equipment and ports: keeps places and claims when it is opened, fills or frees them when
 * the work is done, gives everything back once when it is cancelled. Parts of the order's own act: rows first, counters last.
 */
@Injectable()
export class OrderEffects {
  constructor(
    private readonly hosting: HostingRepository,
    private readonly spaces: GivenSpaces,
    private readonly space: SpaceService,
    private readonly ports: PortClaims,
    private readonly changes: PlacesInChange,
  ) {}

  async opened(tx: Tx, order: WorkOrderRow): Promise<Outcome> {
    if (order.kind === 'RACK') {
      const planned = await this.planPlaces(tx, order);
      if (!planned.ok) return planned;
    }
    return ok(await this.ports.claim(tx, order.id));
  }

  async finished(tx: Tx, order: WorkOrderRow): Promise<Outcome> {
    const action = DONE_TO_THINGS[order.kind];
    if (action === undefined) return ok(nothingLast);
    const things = await this.hosting.thingsOf([order.id], tx.manager);
    const left = new Set<string>();
    const came = new Set<string>();
    for (const { equipment } of things) {
      const to = equipmentAfter(equipment.state, action);
      // Of a piece of work that was done again nothing is left to do.
      if (to === undefined) continue;
      const placed = to === 'STANDING';
      if (placed && equipment.holderId) came.add(equipment.holderId);
      if (!placed && equipment.holderId) left.add(equipment.holderId);
      const place = placed ? {} : { holderId: null, cabinetId: null, startHalfUnit: null };
      const gone = to === 'GONE' ? { liveSerial: null } : {};
      const arrived = equipment.arrivedAt ?? tx.now;
      if (!(await this.hosting.move(tx, equipment, { ...place, ...gone, state: to, arrivedAt: arrived })))
        throw new WriteConflict('a thing was moved meanwhile');
    }
    await this.settleSpaces(tx, came, left);
    if (action !== 'TAKE_DOWN' && action !== 'LEAVE') return ok(nothingLast);
    const ids = things.map((thing) => thing.equipment.id);
    return ok(await this.ports.releaseOfThings(tx, ids));
  }

  /** Everything that the order kept goes back; what never came is no thing of the house. */
  async cancelled(tx: Tx, order: WorkOrderRow): Promise<Outcome> {
    for (const { equipment } of await this.hosting.thingsOf([order.id], tx.manager)) {
      if (equipment.busyOrderId !== order.id) continue;
      const never = equipment.arrivedAt === null && (equipment.state === 'EXPECTED' || equipment.state === 'PLANNED');
      const to = equipmentAfter(equipment.state, never ? 'DROP' : 'UNPLAN');
      if (to === undefined) continue;
      await this.hosting.move(tx, equipment, {
        state: to,
        holderId: null,
        cabinetId: null,
        startHalfUnit: null,
        ...(to === 'GONE' ? { liveSerial: null } : {}),
      });
    }
    await this.hosting.letGo(tx, order.id);
    return ok(await this.ports.release(tx, [order.id]));
  }

  async confirmed(tx: Tx, order: WorkOrderRow): Promise<void> {
    await this.hosting.letGo(tx, order.id);
  }

  /** Places for all things of the order, space by space, each space kept from others meanwhile. */
  private async planPlaces(tx: Tx, order: WorkOrderRow): Promise<Result<null, readonly Refusal[]>> {
    const things = await this.hosting.thingsOf([order.id], tx.manager);
    const targets = [...new Set(things.flatMap((thing) => thing.targetHolderId ?? []))].toSorted();
    if (things.length === 0 || things.some((thing) => thing.targetHolderId === null))
      return refuse([
        invalid(['equipment'], 'target', '请为每台设备选择机柜空间', 'Choose a space in a cabinet for each thing'),
      ]);
    for (const holderId of targets) await this.hosting.lockSpace(tx, holderId);
    const going = await this.changes.shrinking(tx, targets);
    const given = new Map((await this.spaces.byIds(targets, tx)).map((place) => [place.holder.id, place]));
    const standing = Map.groupBy(await this.hosting.standingIn(targets, tx.manager), (each) => each.holderId);
    const refusals: Refusal[] = [];
    for (const holderId of targets) {
      const of = things.filter((thing) => thing.targetHolderId === holderId);
      const place = given.get(holderId);
      if (going.has(holderId)) {
        refusals.push(beingShrunk(['equipment', String(of[0]?.position ?? 0), 'targetId'], place?.holder.label ?? ''));
        continue;
      }
      if (!place || place.holder.departmentId !== order.departmentId) {
        refusals.push(unknown(['equipment', String(of[0]?.position ?? 0), 'targetId'], say('机柜空间', 'space')));
        continue;
      }
      const planned = await this.planInto(tx, place, of, (standing.get(holderId) ?? []).map(toStanding));
      if (!planned.ok) refusals.push(...planned.error);
    }
    return refusals.length > 0 ? refuse(refusals) : ok(null);
  }

  private async planInto(
    tx: Tx,
    { holder, cabinet }: GivenPlace,
    things: readonly OrderThing[],
    standing: readonly ReturnType<typeof toStanding>[],
  ): Promise<Result<null, readonly Refusal[]>> {
    const fit = fitInto(
      { ...holder, holderId: holder.id, cabinet },
      standing,
      things.map(({ equipment, position, targetUnitHalves }) => ({
        ...equipment,
        startHalfUnit:
          targetUnitHalves === null
            ? null
            : (inSpace({ holder, cabinet }, unitsOf(targetUnitHalves), equipment.heightHalfUnits) ?? OUTSIDE),
        path: ['equipment', String(position)],
      })),
    );
    if (!fit.ok) return fit;
    for (const [at, { equipment }] of things.entries()) {
      const to = equipmentAfter(equipment.state, 'PLAN');
      if (to === undefined)
        return refuse([
          invalid(
            ['equipment', String(things[at]?.position ?? at)],
            'state',
            `设备 ${equipment.label} 已在架或已离场`,
            `${equipment.label} stands in a cabinet or has left`,
          ),
        ]);
      const place = { holderId: holder.id, cabinetId: cabinet.id, startHalfUnit: fit.value[at] as number };
      if (!(await this.hosting.move(tx, equipment, { ...place, centerId: cabinet.centerId, state: to })))
        throw new WriteConflict('a thing was moved meanwhile');
    }
    return ok(null);
  }

  /** A space in which something stands is occupied; one that is empty again stays given to its department. */
  private async settleSpaces(tx: Tx, came: ReadonlySet<string>, left: ReadonlySet<string>): Promise<void> {
    const touched = [...new Set([...came, ...left])].toSorted();
    for (const holderId of touched) await this.hosting.lockSpace(tx, holderId);
    const standing = new Set(
      (await this.hosting.standingIn(touched, tx.manager))
        .filter((each) => each.state === 'STANDING')
        .map((each) => each.holderId),
    );
    for (const { holder } of await this.spaces.byIds(touched, tx)) {
      if (standing.has(holder.id) && holder.state === 'ALLOCATED') await this.mustBe(this.space.occupy(tx, holder.id));
      if (!standing.has(holder.id) && holder.state === 'OCCUPIED') await this.mustBe(this.space.vacate(tx, holder.id));
    }
  }

  private async mustBe(settled: ReturnType<SpaceService['occupy']>): Promise<void> {
    if (!(await settled).ok) throw new WriteConflict('the space was changed meanwhile');
  }
}

/** In no space: such a place is refused with the space's figures. */
const OUTSIDE = -1;
export const nothingLast: Last = async () => ok(undefined);

function toStanding(row: EquipmentRow) {
  return { ...row, startHalfUnit: row.startHalfUnit ?? 0 };
}

/** Where a unit of the frame's own numbers is in the space; undefined = not a half-unit of it. */
function inSpace({ holder, cabinet }: GivenPlace, unit: number, heightHalfUnits: number): number | undefined {
  const at = halfUnitAt(cabinet, unit, heightHalfUnits);
  return at === undefined ? undefined : at - holder.startHalfUnit;
}
