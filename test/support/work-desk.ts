import { GivenSpaces } from '../../server/src/cabinets/given-spaces.service.js';
import { DepartmentsService } from '../../server/src/departments/departments.service.js';
import type { Refusal } from '../../server/src/kernel/refusal.js';
import type { Result } from '../../server/src/kernel/result.js';
import type { Viewer } from '../../server/src/kernel/viewer.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import { Companies } from '../../server/src/workorders/companies.service.js';
import type { WorkOrderKind } from '../../server/src/workorders/domain/work-order.js';
import { type AssignWish, OrderActs, type SimpleMove } from '../../server/src/workorders/order-acts.service.js';
import { OrderSights } from '../../server/src/workorders/order-sights.service.js';
import { PortSets } from '../../server/src/workorders/port-sets.service.js';
import { WorkOrdersService } from '../../server/src/workorders/workorders.service.js';
import { EVERY_ORDER, type OrderContent, type WorkOrderRow } from '../../server/src/workorders/workorders.types.js';
import { type TestApplication, viewerWith } from './application.ts';
import { department } from './builders/department.ts';
import { Rooms } from './rooms.ts';

const HOUR_MS = 3_600_000;

/** A room with cabinets, a department with people, a company that works, and the ways to order work of it. */
export class WorkDesk {
  readonly departmentId = newId();
  readonly applicant = viewerWith(['APPLICANT'], this.departmentId, { name: '陈申请' });
  readonly engineer = viewerWith(['FACILITY_ENGINEER'], null, { name: '蒋工' });
  readonly operator = viewerWith(['PROVIDER_OPERATOR'], null, { name: '吴运维' });
  readonly stranger = viewerWith(['PROVIDER_OPERATOR'], null, { name: '外人' });
  readonly companyId = newId();
  readonly rooms: Rooms;
  roomId = '';
  centerId = '';
  cabinetIds: string[] = [];
  private hour = 0;

  constructor(private readonly app: TestApplication) {
    this.rooms = new Rooms(app);
  }

  get<T>(type: new (...args: never[]) => T): T {
    return this.app.context.get(type, { strict: false });
  }

  async open(): Promise<this> {
    const { roomId, centerId, ids } = await this.rooms.open([
      [{ heightUnits: 42, feedAWatts: 60_000, feedBWatts: 60_000 }],
    ]);
    Object.assign(this, { roomId, centerId, cabinetIds: ids });
    await this.get(UnitOfWork).run(async (tx) => {
      await this.get(DepartmentsService).add(tx, [department({ id: this.departmentId })]);
      await this.get(Companies).add(tx, { id: this.companyId, name: `服务商 ${this.companyId}` }, [
        this.operator.userId,
      ]);
      await this.get(Companies).add(tx, { id: newId(), name: `别家 ${this.companyId}` }, [this.stranger.userId]);
    });
    return this;
  }

  /** Space that was given to the department, as a request would have left it. */
  async space(heightUnits: number, powerW = 4_000, weightGrams = 120_000): Promise<string> {
    const holderId = newId();
    const placed = await this.rooms.in((tx, space) =>
      space.place(tx, {
        holderId,
        where: { cabinetId: this.cabinetIds[0] as string, startUnit: null },
        heightHalfUnits: heightUnits * 2,
        powerW,
        weightGrams,
        label: '机位',
        kind: 'SPACE',
        state: 'ALLOCATED',
        departmentId: this.departmentId,
      }),
    );
    if (!placed.ok) throw new Error(placed.error[0]?.message.en);
    return holderId;
  }

  spaceState(holderId: string): Promise<string | undefined> {
    return this.get(GivenSpaces)
      .byIds([holderId])
      .then(([place]) => place?.holder.state);
  }

  async ports(count: number, label = newId().slice(-12)): Promise<string> {
    const id = newId();
    await this.get(UnitOfWork).run((tx) =>
      this.get(PortSets).add(tx, [
        {
          id,
          cabinetId: this.cabinetIds[0] as string,
          deviceHolderId: null,
          kind: 'FIBRE_10G',
          label,
          portCount: count,
        },
      ]),
    );
    return id;
  }

  async claimed(portSetId: string): Promise<number> {
    const [row] = await this.rooms.sql<{ claimed: number }>('select claimed from port_set where id = ?', [portSetId]);
    return Number(row?.claimed);
  }

  /** Each has a window of its own, so that none is in another's way unless the test says so. */
  content(kind: WorkOrderKind, more: Partial<OrderContent> = {}): OrderContent {
    this.hour += 2;
    const from = new Date(Date.now() + this.hour * HOUR_MS);
    return {
      kind,
      title: '测试作业',
      instructions: '',
      departmentId: this.departmentId,
      systemId: null,
      centerId: this.centerId,
      roomIds: [this.roomId],
      windowFrom: from,
      windowTo: new Date(from.getTime() + HOUR_MS),
      escort: null,
      entrants: [],
      things: [],
      ports: [],
      ...more,
    };
  }

  thing(targetHolderId: string | null, more: Partial<NonNullable<OrderContent['things'][number]['facts']>> = {}) {
    return {
      equipmentId: null,
      facts: {
        owner: '测试单位',
        label: '交换机',
        serial: newId(),
        heightHalfUnits: 2,
        powerW: 300,
        weightGrams: 10_000,
        domestic: true,
        ...more,
      },
      targetHolderId,
      targetUnitHalves: null,
    };
  }

  async create(content: OrderContent, viewer: Viewer = this.applicant, submit = true): Promise<string> {
    return idOf(await this.get(WorkOrdersService).create(viewer, content, submit, newId()));
  }

  async row(id: string): Promise<WorkOrderRow> {
    return (await this.get(WorkOrdersService).inSight(EVERY_ORDER, id)) as WorkOrderRow;
  }

  async assign(id: string, more: Partial<AssignWish> = {}, action: 'OPEN' | 'ASSIGN' = 'OPEN') {
    const { version } = await this.row(id);
    const sight = (await this.get(OrderSights).of(this.engineer)) as never;
    return this.get(OrderActs).assign(this.engineer, sight, action, {
      id,
      expectedVersion: version,
      idempotencyKey: newId(),
      opinion: null,
      companyId: this.companyId,
      assigneeId: null,
      windowFrom: null,
      windowTo: null,
      dueAt: null,
      overlapReason: null,
      ...more,
    });
  }

  async move(id: string, action: SimpleMove, viewer: Viewer, opinion: string | null = '测试') {
    const { version } = await this.row(id);
    const sight = (await this.get(OrderSights).of(viewer)) as never;
    const wish = { id, expectedVersion: version, idempotencyKey: newId(), opinion };
    return this.get(OrderActs).move(viewer, sight, action, wish);
  }

  /** All steps done, evidence said to be there by writing it down directly. */
  async doSteps(id: string): Promise<void> {
    await this.app.test.db.query('update work_order_step set done_at = now(3), done_by = ? where order_id = ?', [
      '吴',
      id,
    ]);
  }

  /** An order that the console made, assigned, worked and finished; the press that is left confirms it. */
  async upToConfirm(id: string): Promise<() => ReturnType<OrderActs['move']>> {
    idOf(await this.assign(id));
    for (const action of ['ACCEPT', 'START'] as const) idOf(await this.move(id, action, this.operator));
    await this.doSteps(id);
    idOf(await this.move(id, 'FINISH', this.operator));
    const { version } = await this.row(id);
    const sight = (await this.get(OrderSights).of(this.engineer)) as never;
    const wish = { id, expectedVersion: version, idempotencyKey: newId(), opinion: '测试' };
    return () => this.get(OrderActs).move(this.engineer, sight, 'CONFIRM', wish);
  }

  /** From the application to the end of the work. */
  async carryOut(content: OrderContent): Promise<string> {
    const id = await this.create(content);
    idOf(await this.assign(id));
    for (const action of ['ACCEPT', 'START'] as const) idOf(await this.move(id, action, this.operator));
    if (content.kind === 'MOVE_OUT') idOf(await this.move(id, 'ISSUE_SLIP', this.engineer));
    await this.doSteps(id);
    idOf(await this.move(id, 'FINISH', this.operator));
    return id;
  }

  /** One that the console made: the center assigns it, the provider's person does it, and another confirms it. */
  async carryOutMade(id: string): Promise<void> {
    await this.finishMade(id);
    await this.confirmMade(id);
  }

  async finishMade(id: string): Promise<void> {
    idOf(await this.assign(id));
    for (const action of ['ACCEPT', 'START'] as const) idOf(await this.move(id, action, this.operator));
    await this.doSteps(id);
    idOf(await this.move(id, 'FINISH', this.operator));
  }

  async confirmMade(id: string): Promise<void> {
    idOf(await this.move(id, 'CONFIRM', this.engineer));
  }

  /** What the console has ordered for a line of a request, or to remove a machine. */
  async orderFor(column: 'line_id' | 'resource_id', subjectId: string) {
    const [order] = await this.rooms.sql<{
      id: string;
      code: string;
      kind: string;
      state: string;
      instructions: string;
      request_code: string;
    }>(`select id, code, kind, state, instructions, request_code from work_order where ${column} = ?`, [subjectId]);
    if (!order) throw new Error(`no work order for ${subjectId}`);
    return order;
  }
}

export function idOf(result: Result<{ id: string }, readonly Refusal[]>): string {
  if (!result.ok) throw new Error(result.error.map((each) => `${each.path.join('.')}: ${each.message.en}`).join('; '));
  return result.value.id;
}
