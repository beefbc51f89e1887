import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { type Tx, WriteConflict } from '../platform/database/unit-of-work.js';
import { CabinetsRepository } from './cabinets.repository.js';
import { CenterGate } from './center-gate.service.js';
import { type CabinetRow, checkRoom, checkRow, type Room } from './domain/cabinet.js';
import { carried, outside, roomObjections } from './domain/floor-plan.js';
import { changedMeanwhile, codeTaken, floorTooWeak, unknown, unknownRoom, unknownRow } from './domain/refusals.js';
import { SpaceRepository } from './space.repository.js';

type Outcome<T> = Result<T, readonly Refusal[]>;
export type RoomDescription = Pick<Room, 'code' | 'name' | 'widthTiles' | 'depthTiles'>;
export type RowDescription = Pick<CabinetRow, 'code' | 'planX' | 'planY' | 'orientation' | 'floorLimitGrams'>;
type Edit<T> = { readonly id: string; readonly expectedVersion: number; readonly change: Partial<T> };

/** Making and describing rooms and rows. Locks go as everywhere here: cabinets, then their row, then the room. */
@Injectable()
export class RoomActs {
  constructor(
    private readonly acts: Acts,
    private readonly repository: CabinetsRepository,
    private readonly space: SpaceRepository,
    private readonly facilities: FacilitiesService,
    private readonly gate: CenterGate,
  ) {}

  async createRoom(
    viewer: Viewer,
    wish: RoomDescription & { readonly centerId: string },
    idempotencyKey: string,
  ): Promise<Outcome<{ id: string }>> {
    const [center] = await this.facilities.centersByIds([wish.centerId]);
    return this.acts.perform({ name: 'room.create', actor: viewer, idempotencyKey, input: wish }, async (tx) => {
      const wrong = checkRoom(wish);
      if (wrong.length > 0) return refuse(wrong);
      if (!center) return refuse([unknown(['centerId'], '找不到这个数据中心', 'There is no such center')]);
      const closed = await this.gate.equipmentObjections(tx, center.id, ['centerId']);
      if (closed.length > 0) return refuse(closed);
      if ((await this.repository.codesTaken(tx, 'room', center.id, [wish.code])).size > 0)
        return refuse([codeTaken(['code'])]);
      const room: Room = { ...wish, id: newId(tx.now.getTime()), version: 1 };
      await this.repository.insert(tx, [room], [], []);
      return ok({
        value: { id: room.id },
        audit: {
          objectType: 'Room',
          objectId: room.id,
          departmentId: null,
          summary: say(`新建机房 ${room.code} ${room.name}`, `New room ${room.code} ${room.name}`),
          after: room,
        },
      });
    });
  }

  createRow(
    viewer: Viewer,
    wish: RowDescription & { readonly roomId: string },
    idempotencyKey: string,
  ): Promise<Outcome<{ id: string }>> {
    return this.acts.perform({ name: 'cabinet_row.create', actor: viewer, idempotencyKey, input: wish }, async (tx) => {
      const wrong = checkRow(wish);
      if (wrong.length > 0) return refuse(wrong);
      const room = await this.repository.roomKept(tx, wish.roomId);
      if (!room) return refuse([unknownRoom(['roomId'])]);
      const closed = await this.gate.equipmentObjections(tx, room.centerId, ['roomId']);
      if (closed.length > 0) return refuse(closed);
      const astray = outside(room, wish, []);
      if (astray.length > 0) return refuse(astray);
      if ((await this.repository.codesTaken(tx, 'cabinet_row', room.id, [wish.code])).size > 0)
        return refuse([codeTaken(['code'])]);
      const row: CabinetRow = { ...wish, id: newId(tx.now.getTime()), version: 1, weightGrams: 0 };
      await this.repository.insert(tx, [], [row], []);
      return ok({
        value: { id: row.id },
        audit: {
          objectType: 'CabinetRow',
          objectId: row.id,
          departmentId: null,
          summary: say(`机房 ${room.code} 新建机柜列 ${row.code}`, `New cabinet row ${row.code} in room ${room.code}`),
          after: row,
        },
      });
    });
  }

  editRoom(viewer: Viewer, wish: Edit<RoomDescription>, idempotencyKey: string): Promise<Outcome<{ id: string }>> {
    return this.acts.perform({ name: 'room.edit', actor: viewer, idempotencyKey, input: wish }, async (tx) => {
      const before = await this.repository.roomLocked(tx, wish.id);
      if (!before) return refuse([unknownRoom(['id'])]);
      if (before.version !== wish.expectedVersion)
        return refuse([changedMeanwhile([], wish.expectedVersion, before.version)]);
      const next = { ...before, ...wish.change, version: before.version + 1 };
      const wrong = checkRoom(next);
      if (wrong.length > 0) return refuse(wrong);
      const objections = roomObjections(next, await this.repository.spotsIn(tx, before.id), []);
      if (objections.length > 0) return refuse(objections);
      if (await this.codeIsTaken(tx, 'room', before.centerId, before.code, next.code))
        return refuse([codeTaken(['code'])]);
      await this.repository.updateRoom(tx, next);
      return ok({
        value: { id: before.id },
        audit: {
          objectType: 'Room',
          objectId: before.id,
          departmentId: null,
          summary: say(`修改机房 ${next.code} ${next.name}`, `Edit room ${next.code} ${next.name}`),
          before,
          after: next,
        },
      });
    });
  }

  /** Moved or turned on the plan, a row takes its cabinets along. */
  editRow(viewer: Viewer, wish: Edit<RowDescription>, idempotencyKey: string): Promise<Outcome<{ id: string }>> {
    return this.acts.perform({ name: 'cabinet_row.edit', actor: viewer, idempotencyKey, input: wish }, async (tx) => {
      const standing = await this.repository.cabinetIdsOfRow(tx, wish.id);
      const book = await this.space.openBook(tx, standing);
      const before = await this.repository.rowLocked(tx, wish.id);
      if (!before) return refuse([unknownRow(['id'])]);
      // Whoever adds a cabinet locks the row, so that from here on these are all.
      if ((await this.repository.cabinetIdsOfRow(tx, wish.id)).length !== standing.length)
        throw new WriteConflict('a cabinet was added to the row meanwhile');
      if (before.version !== wish.expectedVersion)
        return refuse([changedMeanwhile([], wish.expectedVersion, before.version)]);
      const next = { ...before, ...wish.change, version: before.version + 1 };
      const wrong = checkRow(next);
      if (wrong.length > 0) return refuse(wrong);
      if (next.floorLimitGrams !== null && next.floorLimitGrams < before.weightGrams)
        return refuse([floorTooWeak(before, before.weightGrams, next.floorLimitGrams, ['floorLimitGrams'])]);
      const room = await this.repository.roomKept(tx, before.roomId);
      if (!room) return refuse([unknownRoom(['id'])]);
      const astray: Refusal[] = outside(room, next, []);
      for (const id of standing) {
        const cabinet = book.cabinet(id);
        if (!cabinet) continue;
        const spot = carried(before, next, cabinet);
        if (spot.planX === cabinet.planX && spot.planY === cabinet.planY) continue;
        astray.push(
          ...outside(room, spot, []).map((one) => ({ ...one, message: ofCabinet(cabinet.code, one.message) })),
        );
        const reshaped = book.reshape(id, { ...cabinet, ...spot }, []);
        if (!reshaped.ok) astray.push(...reshaped.error);
      }
      if (astray.length > 0) return refuse(astray);
      if (await this.codeIsTaken(tx, 'cabinet_row', before.roomId, before.code, next.code))
        return refuse([codeTaken(['code'])]);
      await this.space.save(tx, book.changes());
      await this.repository.updateRow(tx, next);
      return ok({
        value: { id: before.id },
        audit: {
          objectType: 'CabinetRow',
          objectId: before.id,
          departmentId: null,
          summary: say(`修改机柜列 ${room.code} ${next.code}`, `Edit cabinet row ${room.code} ${next.code}`),
          before,
          after: next,
        },
      });
    });
  }

  private async codeIsTaken(
    tx: Tx,
    table: 'room' | 'cabinet_row',
    within: string,
    before: string,
    next: string,
  ): Promise<boolean> {
    return next !== before && (await this.repository.codesTaken(tx, table, within, [next])).size > 0;
  }
}

function ofCabinet(code: string, { zh, en }: Bilingual): Bilingual {
  return say(`机柜 ${code}：${zh}`, `Cabinet ${code}: ${en}`);
}
