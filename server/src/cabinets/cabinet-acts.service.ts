import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import type { AuditFact } from '../audit/audit.types.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { CabinetsRepository } from './cabinets.repository.js';
import { CenterGate } from './center-gate.service.js';
import { bringsIn, type Cabinet, type CabinetDescription, checkCabinet, emptyCabinet } from './domain/cabinet.js';
import { outside } from './domain/floor-plan.js';
import {
  changedMeanwhile,
  codeTaken,
  invalid,
  notOpenDepartment,
  shortage,
  unknownCabinet,
  unknownRow,
} from './domain/refusals.js';
import { takesOtherwise } from './domain/space-quota.js';
import { SpaceRepository } from './space.repository.js';
import { lastOf, SpaceQuotas } from './space-quotas.service.js';

type Outcome<T> = Result<T, readonly Refusal[]>;

/** A form's worth; thousands come by import, which takes `addTo` in a transaction of its own. */
const CABINETS_PER_ACT_MAX = 100;

/** Making and describing cabinets. Rooms and rows are `RoomActs`, what is in cabinets is `SpaceActs`. */
@Injectable()
export class CabinetActs {
  constructor(
    private readonly acts: Acts,
    private readonly repository: CabinetsRepository,
    private readonly space: SpaceRepository,
    private readonly departments: DepartmentsService,
    private readonly quotas: SpaceQuotas,
    private readonly gate: CenterGate,
  ) {}

  async createCabinets(
    viewer: Viewer,
    wish: { readonly rowId: string; readonly cabinets: readonly CabinetDescription[] },
    idempotencyKey: string,
  ): Promise<Outcome<{ ids: string[] }>> {
    const known = await this.knownDepartments(wish.cabinets);
    const ways = await this.quotas.waysOf([...known], {});
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
      const made = await this.addTo(tx, wish.rowId, wish.cabinets);
      if (!made.ok) return made;
      const settled = await this.quotas.settle(tx, ways, { cabinetIds: made.value });
      if (!settled.ok) return settled;
      const codes = wish.cabinets.map((cabinet) => cabinet.code).join(' ');
      return ok({
        value: { ids: made.value },
        last: lastOf(settled.value),
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
    const open = await this.departments.openAmong(tx, departmentsOf(descriptions));
    const stranger = descriptions.findIndex((one) => one.departmentId !== null && !open.has(one.departmentId));
    if (stranger >= 0) return refuse([notOpenDepartment(['cabinets', String(stranger), 'departmentId'])]);
    const row = await this.space.lockedRow(tx, rowId);
    const room = row && (await this.repository.roomKept(tx, row.roomId));
    if (!row || !room) return refuse([unknownRow(['rowId'])]);
    const coming = descriptions.flatMap((one, at) => {
      const brought = bringsIn(null, one);
      // Of a frame it is the row that stands in a center.
      const path = brought?.what === 'PROMISE' ? ['cabinets', String(at), brought.field] : ['rowId'];
      return brought ? [{ what: brought.what, path }] : [];
    });
    const closed = await this.gate.cabinetObjections(tx, room.centerId, coming);
    if (closed.length > 0) return refuse(onceEach(closed));
    const astray = descriptions.flatMap((one, at) => outside(room, one, ['cabinets', String(at)]));
    if (astray.length > 0) return refuse(astray);
    const codes = descriptions.map((one) => one.code);
    const before = await this.repository.codesTaken(tx, 'cabinet', room.id, codes);
    const twice = codes.findIndex((code, at) => before.has(code) || codes.indexOf(code) !== at);
    if (twice >= 0) return refuse([codeTaken(['cabinets', String(twice), 'code'])]);
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
    const [there] = await this.repository.cabinets(WHOLE_PROVINCE, { ids: [wish.id] });
    const ways = await this.quotas.waysOf([...known, there?.departmentId ?? null], { cabinetIds: [wish.id] });
    return this.acts.perform({ name: 'cabinet.edit', actor: viewer, idempotencyKey, input: wish }, async (tx) => {
      // Before the cabinet: what is placed takes them in that order too.
      const open = await this.departments.openAmong(tx, departmentsOf([{ departmentId }]));
      if (departmentId !== null && !open.has(departmentId)) return refuse([notOpenDepartment(['departmentId'])]);
      const centerId = await this.gate.keptCenterOf(tx, wish.id);
      const book = await this.space.openBook(tx, [wish.id]);
      const before = book.cabinet(wish.id);
      if (!before || centerId === null) return refuse([unknownCabinet(['id'])]);
      if (before.version !== wish.expectedVersion)
        return refuse([changedMeanwhile([], wish.expectedVersion, before.version)]);
      const next = { ...before, ...wish.change };
      const moves = next.planX !== before.planX || next.planY !== before.planY;
      const room = moves ? await this.repository.roomKept(tx, before.roomId) : null;
      const wrong = [...checkCabinet(next), ...(room ? outside(room, next, []) : [])];
      if (wrong.length > 0) return refuse(wrong);
      if (
        next.code !== before.code &&
        (await this.repository.codesTaken(tx, 'cabinet', before.roomId, [next.code])).size > 0
      )
        return refuse([codeTaken(['code'])]);
      const brought = bringsIn(before, next);
      const closed = brought
        ? await this.gate.cabinetObjections(tx, centerId, [{ what: brought.what, path: [brought.field] }])
        : [];
      if (closed.length > 0) return refuse(closed);
      const reshaped = book.reshape(wish.id, next, []);
      if (!reshaped.ok) return reshaped;
      await this.space.save(tx, book.changes());
      // A cabinet from before quotas takes nothing by being renamed: `quotas settle-space` is for those.
      const places = takesOtherwise(before, reshaped.value) ? { cabinetIds: [wish.id] } : {};
      const settled = await this.quotas.settle(tx, ways, places);
      if (!settled.ok) return settled;
      const audit = {
        objectType: 'Cabinet',
        objectId: wish.id,
        departmentId: next.departmentId,
        summary: say(`修改机柜 ${next.code}`, `Edit cabinet ${next.code}`),
        before: Object.fromEntries(
          Object.keys(wish.change).map((key) => [key, before[key as keyof CabinetDescription]]),
        ),
        after: wish.change,
      };
      // Whoever had the whole cabinet and has it no longer finds that in its own audit.
      const lost = before.departmentId !== null && before.departmentId !== next.departmentId;
      return ok({
        value: { id: wish.id },
        last: lastOf(settled.value),
        audit,
        auditToo: lost ? [lossOf(before)] : [],
      });
    });
  }

  /** Whose quotas may be asked. Whether they are open is asked within the act. */
  private async knownDepartments(of: readonly Pick<CabinetDescription, 'departmentId'>[]): Promise<Set<string>> {
    const found = await Promise.all(departmentsOf(of).map((id) => this.departments.department(WHOLE_PROVINCE, id)));
    return new Set(found.flatMap((department) => (department ? [department.id] : [])));
  }
}

/** A row of many frames is told of once. */
function onceEach(refusals: readonly Refusal[]): Refusal[] {
  return [...new Map(refusals.map((refusal) => [refusal.path.join('.'), refusal])).values()];
}

/** Told to the department that had it; what it is described as from now on is the next one's business. */
function lossOf({ id, code, departmentId }: Cabinet): AuditFact {
  return {
    objectType: 'Cabinet',
    objectId: id,
    departmentId,
    summary: say(`收回整柜 ${code}`, `Cabinet ${code} is wholly its no longer`),
    before: { departmentId },
  };
}

function departmentsOf(of: readonly Pick<CabinetDescription, 'departmentId'>[]): string[] {
  return [...new Set(of.flatMap(({ departmentId }) => (departmentId === null ? [] : [departmentId])))];
}
