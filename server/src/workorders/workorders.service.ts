import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { CabinetsService } from '../cabinets/cabinets.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { FilesService } from '../files/files.service.js';
import { say } from '../kernel/bilingual.js';
import { accountingYear } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { covers, type TenantScope, type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { CodeSequence } from '../platform/database/code-sequence.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { SystemsService } from '../systems/systems.service.js';
import { checkContent } from './domain/content.js';
import { summed } from './domain/ports.js';
import { STEPS_OF_KIND } from './domain/steps.js';
import { APPLIED_KINDS, mayAct } from './domain/work-order.js';
import { type Answer, changedMeanwhile, done, invalid, notOpen, unknown, unknownOrder } from './order-refusals.js';
import { OrderSights } from './order-sights.service.js';
import { OrderThings } from './order-things.service.js';
import { PortsRepository } from './ports.repository.js';
import { WorkOrdersRepository } from './workorders.repository.js';
import type { OrderContent, OrderFilter, OrderSight, WorkOrderRow } from './workorders.types.js';

/** Applications and lists. What happens to an order afterwards is in order-acts.service.ts. */
@Injectable()
export class WorkOrdersService {
  constructor(
    private readonly repository: WorkOrdersRepository,
    private readonly sights: OrderSights,
    private readonly things: OrderThings,
    private readonly ports: PortsRepository,
    private readonly cabinets: CabinetsService,
    private readonly departments: DepartmentsService,
    private readonly systems: SystemsService,
    private readonly codes: CodeSequence,
    private readonly acts: Acts,
    files: FilesService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    files.registerOwner('WorkOrderStep', async (viewer, id) => {
      const [step, sight] = [await repository.stepById(id), await sights.of(viewer)];
      return step !== null && sight !== null && (await repository.inSight(sight, step.orderId)) !== null;
    });
  }

  inSight(sight: OrderSight, id: string): Promise<WorkOrderRow | null> {
    return this.repository.inSight(sight, id);
  }

  page(sight: OrderSight, filter: OrderFilter, page: PageRequest): Promise<Page<WorkOrderRow>> {
    return this.repository.page(sight, filter, page);
  }

  byIds(sight: OrderSight, ids: readonly string[]): Promise<WorkOrderRow[]> {
    return this.repository.byIds(sight, ids);
  }

  /** Of each of these backups, the newest first. */
  ofBackups(sight: OrderSight, backupIds: readonly string[]): Promise<WorkOrderRow[]> {
    return this.repository.ofBackups(sight, backupIds);
  }

  count(sight: OrderSight, filter: OrderFilter): Promise<number> {
    return this.repository.count(sight, filter);
  }

  /** An application of a department, or of the center for one; sent at once when it says so. */
  async create(viewer: Viewer, content: OrderContent, submit: boolean, idempotencyKey: string): Answer {
    const scope = this.sights.applyScope(viewer);
    const foreign = scope ? await this.foreignIn(scope, content) : [unknownOrder()];
    const code = await this.codes.next('GD', accountingYear(this.clock.now()));
    return this.acts.perform(
      { name: 'workorder.create', actor: viewer, idempotencyKey, input: { content, submit } },
      async (tx) => {
        const refusals = [...foreign, ...this.wrongIn(content, tx.now, submit)];
        if (refusals.length > 0) return refuse(refusals);
        const id = newId(tx.now.getTime());
        const order = newOrder(id, code, content, tx.now, viewer, submit ? 'SUBMITTED' : 'DRAFT');
        await this.repository.insert(tx, order);
        const written = await this.writeContent(tx, order, content);
        if (!written.ok) return written;
        await this.repository.setSteps(tx, id, STEPS_OF_KIND[content.kind]);
        const by = { orderId: id, actorId: viewer.userId, actorName: viewer.name, opinion: null };
        await this.repository.appendEvent(tx, { ...by, action: 'CREATE', fromState: null, toState: 'DRAFT' });
        if (submit)
          await this.repository.appendEvent(tx, { ...by, action: 'SUBMIT', fromState: 'DRAFT', toState: 'SUBMITTED' });
        tx.changed('workOrder', id);
        return ok(done({ id }, order, say(`新建工单 ${code}`, `Create work order ${code}`), { after: content }));
      },
    );
  }

  async edit(
    viewer: Viewer,
    sight: OrderSight,
    wish: { readonly id: string | undefined; readonly expectedVersion: number; readonly idempotencyKey: string },
    content: OrderContent,
  ): Answer {
    const scope = this.sights.applyScope(viewer);
    const foreign = scope ? await this.foreignIn(scope, content) : [unknownOrder()];
    return this.acts.perform(
      { name: 'workorder.edit', actor: viewer, idempotencyKey: wish.idempotencyKey, input: { ...wish, content } },
      async (tx) => {
        const order = await this.repository.locked(tx, sight, wish.id);
        if (!order) return refuse([unknownOrder()]);
        const sides = this.sights.sidesOf(viewer, sight, order);
        if (!mayAct(order, 'EDIT', sides, viewer.userId)) return refuse([notOpen(order, 'EDIT')]);
        if (order.version !== wish.expectedVersion)
          return refuse([changedMeanwhile(wish.expectedVersion, order.version)]);
        // What it is about and whose it is stays; another kind is another order.
        const kept = { ...content, kind: order.kind, departmentId: order.departmentId };
        // What it names was looked up for the department that was said.
        if (content.departmentId !== order.departmentId)
          return refuse([unknown(['departmentId'], say('使用单位', 'department'))]);
        const refusals = [...foreign, ...this.wrongIn(kept, tx.now, false)];
        if (refusals.length > 0) return refuse(refusals);
        const written = await this.writeContent(tx, order, kept);
        if (!written.ok) return written;
        const { title, instructions, systemId, centerId, windowFrom, windowTo, escort } = kept;
        await this.repository.update(tx, order.id, {
          title: title.trim(),
          instructions,
          systemId,
          centerId,
          windowFrom,
          windowTo,
          escort,
          version: order.version + 1,
        });
        tx.changed('workOrder', order.id);
        return ok(
          done({ id: order.id }, order, say(`修改工单 ${order.code}`, `Edit work order ${order.code}`), {
            after: kept,
          }),
        );
      },
    );
  }

  private wrongIn(content: OrderContent, now: Date, complete: boolean): Refusal[] {
    const kinds: readonly string[] = APPLIED_KINDS;
    return [
      ...(kinds.includes(content.kind)
        ? []
        : [invalid(['kind'], 'kind', '此类工单由系统生成，不能申请', 'Orders of this kind are made by the console')]),
      ...checkContent(content, now, complete),
    ];
  }

  /** What the applicant names that is not there, or not his to name. */
  private async foreignIn(scope: TenantScope, content: OrderContent): Promise<Refusal[]> {
    const found: Refusal[] = [];
    const department = covers(scope, content.departmentId)
      ? await this.departments.department(scope, content.departmentId)
      : null;
    if (!department) found.push(unknown(['departmentId'], say('使用单位', 'department')));
    if (content.systemId !== null) {
      const system = await this.systems.system(scope, content.systemId);
      if (system?.departmentId !== content.departmentId) found.push(unknown(['systemId'], say('系统', 'system')));
    }
    const rooms = await this.cabinets.roomsByIds(WHOLE_PROVINCE, content.roomIds);
    for (const [at, roomId] of content.roomIds.entries()) {
      const room = rooms.find((each) => each.id === roomId);
      if (!room || (content.centerId !== null && room.centerId !== content.centerId))
        found.push(unknown(['roomIds', String(at)], say('机房', 'room')));
    }
    const sets = new Set((await this.ports.byIds(content.ports.map((ask) => ask.portSetId))).map((set) => set.id));
    for (const [at, ask] of content.ports.entries())
      if (!sets.has(ask.portSetId)) found.push(unknown(['ports', String(at), 'portSetId'], say('端口组', 'port set')));
    return found;
  }

  private async writeContent(
    tx: Tx,
    order: WorkOrderRow,
    content: OrderContent,
  ): Promise<Result<null, readonly Refusal[]>> {
    await this.repository.setRooms(tx, order.id, content.roomIds);
    await this.repository.setEntrants(tx, order.id, content.entrants);
    await this.ports.setWishes(tx, order.id, order.departmentId, summed(content.ports));
    return this.things.write(tx, order, content);
  }
}

export function newOrder(
  id: string,
  code: string,
  content: Pick<
    OrderContent,
    'kind' | 'title' | 'instructions' | 'departmentId' | 'systemId' | 'centerId' | 'windowFrom' | 'windowTo' | 'escort'
  >,
  now: Date,
  by: { readonly userId: string | null; readonly name: string },
  state: 'DRAFT' | 'SUBMITTED',
): WorkOrderRow {
  const { kind, title, instructions, departmentId, systemId, centerId, windowFrom, windowTo, escort } = content;
  return {
    id,
    code,
    kind,
    state,
    stateSince: now,
    version: 1,
    title: title.trim(),
    instructions,
    departmentId,
    systemId,
    requestId: null,
    requestCode: null,
    lineId: null,
    endedLineId: null,
    policyId: null,
    resourceId: null,
    backupId: null,
    centerId,
    applicantId: by.userId,
    applicantName: by.name,
    companyId: null,
    assigneeId: null,
    assigneeName: null,
    windowFrom,
    windowTo,
    overlapReason: null,
    dueAt: windowTo,
    toldStage: null,
    escort,
    slipNumber: null,
    slipAt: null,
    slipBy: null,
    finishedById: null,
    finishedAt: null,
    createdAt: now,
  };
}
