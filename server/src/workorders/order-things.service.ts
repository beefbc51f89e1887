import { Injectable } from '@nestjs/common';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { newId } from '../platform/database/ids.js';
import { DUPLICATE_KEY_ERRNO, errnoOf, type Tx } from '../platform/database/unit-of-work.js';
import { type EquipmentState, serialKey } from './domain/equipment.js';
import type { WorkOrderKind } from './domain/work-order.js';
import { HostingRepository } from './hosting.repository.js';
import { invalid, unknown } from './order-refusals.js';
import type { EquipmentRow, OrderContent, ThingWish, WorkOrderRow } from './workorders.types.js';

/** In which states things must be for work of a kind. */
const STATES_FOR: { readonly [K in WorkOrderKind]?: readonly EquipmentState[] } = {
  MOVE_IN: ['EXPECTED'],
  RACK: ['EXPECTED', 'ON_SITE'],
  CABLE: ['PLANNED', 'STANDING'],
  POWER_ON: ['STANDING'],
  UNRACK: ['STANDING'],
  MOVE_OUT: ['ON_SITE', 'STANDING'],
};

/** What an order is about: things that are known are made its business, others are entered. */
@Injectable()
export class OrderThings {
  constructor(private readonly hosting: HostingRepository) {}

  async write(tx: Tx, order: WorkOrderRow, content: OrderContent): Promise<Result<null, readonly Refusal[]>> {
    await this.drop(tx, order);
    const known = content.things.flatMap((thing) => thing.equipmentId ?? []);
    const rows = await this.hosting.byIds(
      { kind: 'DEPARTMENTS', departmentIds: [order.departmentId] },
      known,
      tx.manager,
    );
    const found = new Set(rows.map((row) => row.id));
    const missing = content.things.flatMap((thing, at) =>
      thing.equipmentId !== null && !found.has(thing.equipmentId)
        ? [unknown(['equipment', String(at), 'equipmentId'], say('设备', 'equipment'))]
        : [],
    );
    if (missing.length > 0) return refuse(missing);
    const states = STATES_FOR[order.kind] ?? [];
    if (!(await this.hosting.takeUp(tx, order.id, known, states)))
      return refuse([
        invalid(
          ['equipment'],
          'busy',
          '有设备正在另一张工单中，或状态不符（如未在架不能下架）',
          'A thing is part of another order, or not in a state for this work (what does not stand cannot be taken down)',
        ),
      ]);
    const made: { row: EquipmentRow; at: number }[] = [];
    for (const [at, { facts }] of content.things.entries())
      if (facts) made.push({ row: newThing(tx, order, { ...facts }), at });
    for (const { row, at } of made)
      try {
        await this.hosting.insert(tx, [row]);
      } catch (error) {
        if (errnoOf(error) !== DUPLICATE_KEY_ERRNO) throw error;
        return refuse([
          invalid(
            ['equipment', String(at), 'serial'],
            'unique',
            `序列号 ${row.serial} 已有在册设备`,
            `Equipment with serial ${row.serial} is in the house already`,
          ),
        ]);
      }
    const ids = new Map(made.map(({ row, at }) => [at, row.id]));
    await this.hosting.setThings(
      tx,
      order.id,
      content.things.map((thing: ThingWish, at) => ({
        equipmentId: thing.equipmentId ?? (ids.get(at) as string),
        targetHolderId: thing.targetHolderId,
        targetUnitHalves: thing.targetUnitHalves,
      })),
    );
    return ok(null);
  }

  /** Of a draft that is written anew: what it named first, and nobody has seen, is forgotten; the rest is let go. */
  private async drop(tx: Tx, order: WorkOrderRow): Promise<void> {
    const before = await this.hosting.thingsOf([order.id], tx.manager);
    await this.hosting.setThings(tx, order.id, []);
    for (const { equipment } of before)
      if (equipment.state === 'EXPECTED' && equipment.busyOrderId === order.id)
        await this.hosting.move(tx, equipment, { state: 'GONE', liveSerial: null });
    await this.hosting.letGo(tx, order.id);
  }
}

function newThing(tx: Tx, order: WorkOrderRow, facts: NonNullable<ThingWish['facts']>): EquipmentRow {
  return {
    id: newId(tx.now.getTime()),
    departmentId: order.departmentId,
    systemId: order.systemId,
    centerId: order.centerId,
    state: 'EXPECTED',
    version: 1,
    owner: facts.owner.trim(),
    label: facts.label.trim(),
    serial: facts.serial.trim(),
    liveSerial: serialKey(facts.serial),
    heightHalfUnits: facts.heightHalfUnits,
    powerW: facts.powerW,
    weightGrams: facts.weightGrams,
    domestic: facts.domestic,
    holderId: null,
    cabinetId: null,
    startHalfUnit: null,
    busyOrderId: order.id,
    arrivedAt: null,
    since: tx.now,
    createdAt: tx.now,
  };
}
