import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { say } from '../kernel/bilingual.js';
import type { InputPath, Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { CabinetsRepository } from './cabinets.repository.js';
import {
  type CabinetDescription,
  type CabinetRow,
  checkCabinet,
  checkRoom,
  checkRow,
  emptyCabinet,
  type Room,
} from './domain/cabinet.js';
import { changedMeanwhile, invalid, shortage, unknown, unknownCabinet } from './domain/refusals.js';
import { SpaceRepository } from './space.repository.js';

type Outcome<T> = Result<T, readonly Refusal[]>;
export type RoomWish = Pick<Room, 'code' | 'name' | 'widthTiles' | 'depthTiles'> & { readonly centerId: string };
export type RowWish = Pick<CabinetRow, 'code' | 'planX' | 'planY' | 'orientation' | 'floorLimitGrams' | 'roomId'>;

/** A form's worth; thousands come by import, which takes `addTo` in a transaction of its own. */
const CABINETS_PER_ACT_MAX = 100;

/** Making and describing rooms, rows and cabinets. What is in them is `SpaceActs`. */
@Injectable()
export class CabinetActs {
  constructor(
    private readonly acts: Acts,
    private readonly repository: CabinetsRepository,
    private readonly space: SpaceRepository,
    private readonly facilities: FacilitiesService,
    private readonly departments: DepartmentsService,
  ) {}

  async createRoom(viewer: Viewer, wish: RoomWish, idempotencyKey: string): Promise<Outcome<{ id: string }>> {
    const [center] = await this.facilities.centersByIds([wish.centerId]);
    return this.acts.perform({ name: 'room.create', actor: viewer, idempotencyKey, input: wish }, async (tx) => {
      const wrong = checkRoom(wish);
      if (wrong.length > 0) return refuse(wrong);
      if (!center) return refuse([unknown(['centerId'], '找不到这个数据中心', 'There is no such center')]);
      if ((await this.repository.codesTaken(tx, 'room', center.id, [wish.code])).size > 0)
        return refuse([taken(['code'])]);
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

  createRow(viewer: Viewer, wish: RowWish, idempotencyKey: string): Promise<Outcome<{ id: string }>> {
    return this.acts.perform({ name: 'cabinet_row.create', actor: viewer, idempotencyKey, input: wish }, async (tx) => {
      const wrong = checkRow(wish);
      if (wrong.length > 0) return refuse(wrong);
      const room = await this.repository.room(tx, wish.roomId);
      if (!room) return refuse([unknown(['roomId'], '找不到这个机房', 'There is no such room')]);
      if ((await this.repository.codesTaken(tx, 'cabinet_row', room.id, [wish.code])).size > 0)
        return refuse([taken(['code'])]);
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

  async createCabinets(
    viewer: Viewer,
    wish: { readonly rowId: string; readonly cabinets: readonly CabinetDescription[] },
    idempotencyKey: string,
  ): Promise<Outcome<{ ids: string[] }>> {
    const known = await this.knownDepartments(wish.cabinets);
    return this.acts.perform({ name: 'cabinet.create', actor: viewer, idempotencyKey, input: wish }, async (tx) => {
      if (wish.cabinets.length === 0 || wish.cabinets.length > CABINETS_PER_ACT_MAX)
        return refuse([
          invalid(
            ['cabinets'],
            'count',
            `一次 1 至 ${CABINETS_PER_ACT_MAX} 个`,
            `1 to ${CABINETS_PER_ACT_MAX} at a time`,
          ),
        ]);
      const stranger = wish.cabinets.findIndex((c) => c.departmentId !== null && !known.has(c.departmentId));
      if (stranger >= 0) return refuse([unknownDepartment(['cabinets', String(stranger), 'departmentId'])]);
      const made = await this.addTo(tx, wish.rowId, wish.cabinets);
      if (!made.ok) return made;
      const codes = wish.cabinets.map((cabinet) => cabinet.code).join(' ');
      return ok({
        value: { ids: made.value },
        audit: {
          objectType: 'CabinetRow',
          objectId: wish.rowId,
          departmentId: null,
          summary: say(`新建机柜 ${codes}`, `New cabinets ${codes}`),
          after: wish.cabinets,
        },
      });
    });
  }

  /** Puts new, empty cabinets into a row; all or none, with every refusal told at its place. Gives their ids in order. */
  async addTo(tx: Tx, rowId: string, descriptions: readonly CabinetDescription[]): Promise<Outcome<string[]>> {
    const wrong = descriptions.flatMap((one, at) => checkCabinet(one, ['cabinets', String(at)]));
    if (wrong.length > 0) return refuse(wrong);
    const row = await this.space.lockedRow(tx, rowId);
    const room = row && (await this.repository.room(tx, row.roomId));
    if (!row || !room) return refuse([unknown(['rowId'], '找不到这一机柜列', 'There is no such cabinet row')]);
    const codes = descriptions.map((one) => one.code);
    const before = await this.repository.codesTaken(tx, 'cabinet', room.id, codes);
    const twice = codes.findIndex((code, at) => before.has(code) || codes.indexOf(code) !== at);
    if (twice >= 0) return refuse([taken(['cabinets', String(twice), 'code'])]);
    const grams = descriptions.reduce((sum, one) => sum + one.ownWeightGrams, 0);
    const left = row.floorLimitGrams === null ? Number.POSITIVE_INFINITY : row.floorLimitGrams - row.weightGrams;
    if (grams > left) return refuse([shortage('ROW_WEIGHT_GRAMS', grams, left, null, ['cabinets'])]);
    const made = descriptions.map((one) =>
      emptyCabinet(one, { id: newId(tx.now.getTime()), centerId: room.centerId, roomId: room.id, rowId }),
    );
    await this.repository.insert(tx, [], [], made);
    await this.space.addRowWeight(tx, rowId, grams);
    return ok(made.map((cabinet) => cabinet.id));
  }

  async edit(
    viewer: Viewer,
    wish: {
      readonly id: string;
      readonly expectedVersion: number;
      readonly change: Partial<CabinetDescription>;
    },
    idempotencyKey: string,
  ): Promise<Outcome<{ id: string }>> {
    const departmentId = wish.change.departmentId ?? null;
    const known = await this.knownDepartments([{ departmentId }]);
    return this.acts.perform({ name: 'cabinet.edit', actor: viewer, idempotencyKey, input: wish }, async (tx) => {
      const book = await this.space.openBook(tx, [wish.id]);
      const before = book.cabinet(wish.id);
      if (!before) return refuse([unknownCabinet(['id'])]);
      if (before.version !== wish.expectedVersion)
        return refuse([changedMeanwhile([], wish.expectedVersion, before.version)]);
      if (departmentId !== null && !known.has(departmentId)) return refuse([unknownDepartment(['departmentId'])]);
      const next = { ...before, ...wish.change };
      const wrong = checkCabinet(next);
      if (wrong.length > 0) return refuse(wrong);
      if (
        next.code !== before.code &&
        (await this.repository.codesTaken(tx, 'cabinet', before.roomId, [next.code])).size > 0
      )
        return refuse([taken(['code'])]);
      const reshaped = book.reshape(wish.id, next, []);
      if (!reshaped.ok) return reshaped;
      await this.space.save(tx, book.changes());
      return ok({
        value: { id: wish.id },
        audit: {
          objectType: 'Cabinet',
          objectId: wish.id,
          departmentId: next.departmentId,
          summary: say(`修改机柜 ${next.code}`, `Edit cabinet ${next.code}`),
          before: Object.fromEntries(
            Object.keys(wish.change).map((key) => [key, before[key as keyof CabinetDescription]]),
          ),
          after: wish.change,
        },
      });
    });
  }

  private async knownDepartments(of: readonly Pick<CabinetDescription, 'departmentId'>[]): Promise<Set<string>> {
    const ids = [...new Set(of.flatMap(({ departmentId }) => (departmentId === null ? [] : [departmentId])))];
    const found = await Promise.all(ids.map((id) => this.departments.department(WHOLE_PROVINCE, id)));
    return new Set(found.flatMap((department) => (department ? [department.id] : [])));
  }
}

function taken(path: InputPath): Refusal {
  return invalid(path, 'unique', '编号已被使用', 'The code is taken');
}

function unknownDepartment(path: InputPath): Refusal {
  return unknown(path, '找不到这个单位', 'There is no such department');
}
