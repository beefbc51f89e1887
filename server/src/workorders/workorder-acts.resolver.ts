import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { uuidOf } from '../kernel/node-id.js';
import type { Viewer } from '../kernel/viewer.js';
import { forbidden } from '../platform/graphql/errors.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { Companies } from './companies.service.js';
import { OrderActs, type SimpleMove } from './order-acts.service.js';
import { toContent } from './order-content.js';
import type { Answer } from './order-refusals.js';
import { OrderSights } from './order-sights.service.js';
import { PortSets } from './port-sets.service.js';
import { PortSetPayload, ProviderCompanyPayload, WorkOrderPayload } from './workorder-answers.graphql.js';
import {
  AssignWorkOrderInput,
  CreatePortSetInput,
  CreateWorkOrderInput,
  EditWorkOrderInput,
  RecordWorkStepInput,
  ResizePortSetInput,
  SaveProviderCompanyInput,
  WorkOrderActInput,
} from './workorder-inputs.graphql.js';
import { PortSetNode, ProviderCompanyNode, WorkOrderNode } from './workorders.graphql.js';
import { WorkOrdersService } from './workorders.service.js';
import type { OrderSight } from './workorders.types.js';

const assign = (input: AssignWorkOrderInput) => ({
  ...toMove(input),
  companyId: input.companyId ? (uuidOf('ProviderCompany', input.companyId) ?? '-') : null,
  assigneeId: input.assigneeId ? (uuidOf('User', input.assigneeId) ?? '-') : null,
  windowFrom: input.windowFrom ?? null,
  windowTo: input.windowTo ?? null,
  dueAt: input.dueAt ?? null,
  overlapReason: input.overlapReason ?? null,
});

function toMove({ id, expectedVersion, idempotencyKey, opinion }: WorkOrderActInput) {
  return { id: uuidOf('WorkOrder', id), expectedVersion, idempotencyKey, opinion: opinion ?? null };
}

/** Acts on orders. Whoever sees one may try; what is his to do is decided with its state and his side. */
@Resolver(() => WorkOrderNode)
export class WorkOrderActsResolver {
  constructor(
    private readonly orders: WorkOrdersService,
    private readonly acts: OrderActs,
    private readonly sights: OrderSights,
    private readonly sets: PortSets,
    private readonly companies: Companies,
  ) {}

  @Mutation(() => WorkOrderPayload, { description: 'A draft, or an application that is sent at once.' })
  async createWorkOrder(
    @Context() ctx: RequestContext,
    @Args('input') { content, submit, idempotencyKey }: CreateWorkOrderInput,
  ): Promise<WorkOrderPayload> {
    ctx.require('WORK_ORDER', 'CREATE');
    return this.payload(ctx, this.orders.create(ctx.requireViewer(), toContent(content), submit, idempotencyKey));
  }

  @Mutation(() => WorkOrderPayload, { description: 'Of a draft; its kind and department stay.' })
  async editWorkOrder(
    @Context() ctx: RequestContext,
    @Args('input') { content, id, expectedVersion, idempotencyKey }: EditWorkOrderInput,
  ): Promise<WorkOrderPayload> {
    const wish = { id: uuidOf('WorkOrder', id), expectedVersion, idempotencyKey };
    return this.act(ctx, (viewer, sight) => this.orders.edit(viewer, sight, wish, toContent(content)));
  }

  @Mutation(() => WorkOrderPayload, { description: '提交: to the center.' })
  submitWorkOrder(@Context() ctx: RequestContext, @Args('input') input: WorkOrderActInput): Promise<WorkOrderPayload> {
    return this.move(ctx, 'SUBMIT', input);
  }

  @Mutation(() => WorkOrderPayload, { description: '退回: to the applicant, who edits it.' })
  returnWorkOrder(@Context() ctx: RequestContext, @Args('input') input: WorkOrderActInput): Promise<WorkOrderPayload> {
    return this.move(ctx, 'RETURN', input);
  }

  @Mutation(() => WorkOrderPayload, { description: '派单: keeps its window and places, and claims its ports.' })
  openWorkOrder(@Context() ctx: RequestContext, @Args('input') input: AssignWorkOrderInput): Promise<WorkOrderPayload> {
    return this.act(ctx, (viewer, sight) => this.acts.assign(viewer, sight, 'OPEN', assign(input)));
  }

  @Mutation(() => WorkOrderPayload, { description: '改派' })
  assignWorkOrder(
    @Context() ctx: RequestContext,
    @Args('input') input: AssignWorkOrderInput,
  ): Promise<WorkOrderPayload> {
    return this.act(ctx, (viewer, sight) => this.acts.assign(viewer, sight, 'ASSIGN', assign(input)));
  }

  @Mutation(() => WorkOrderPayload, { description: '接单' })
  acceptWorkOrder(@Context() ctx: RequestContext, @Args('input') input: WorkOrderActInput): Promise<WorkOrderPayload> {
    return this.move(ctx, 'ACCEPT', input);
  }

  @Mutation(() => WorkOrderPayload, { description: '退单: back to be assigned anew.' })
  handBackWorkOrder(
    @Context() ctx: RequestContext,
    @Args('input') input: WorkOrderActInput,
  ): Promise<WorkOrderPayload> {
    return this.move(ctx, 'HAND_BACK', input);
  }

  @Mutation(() => WorkOrderPayload, { description: '开工' })
  startWorkOrder(@Context() ctx: RequestContext, @Args('input') input: WorkOrderActInput): Promise<WorkOrderPayload> {
    return this.move(ctx, 'START', input);
  }

  @Mutation(() => WorkOrderPayload, { description: 'One step done, or not after all, with what shows it.' })
  recordWorkStep(@Context() ctx: RequestContext, @Args('input') input: RecordWorkStepInput): Promise<WorkOrderPayload> {
    const wish = {
      ...toMove({ ...input, opinion: null }),
      stepId: uuidOf('WorkOrderStep', input.stepId),
      isDone: input.done,
      note: input.note ?? null,
      fileIds: input.fileIds.map((id) => uuidOf('StoredFile', id) ?? '-'),
    };
    return this.act(ctx, (viewer, sight) => this.acts.record(viewer, sight, wish));
  }

  @Mutation(() => WorkOrderPayload, { description: '出门条: numbered, once.' })
  issueReleaseSlip(@Context() ctx: RequestContext, @Args('input') input: WorkOrderActInput): Promise<WorkOrderPayload> {
    return this.move(ctx, 'ISSUE_SLIP', input);
  }

  @Mutation(() => WorkOrderPayload, { description: '暂停' })
  suspendWorkOrder(@Context() ctx: RequestContext, @Args('input') input: WorkOrderActInput): Promise<WorkOrderPayload> {
    return this.move(ctx, 'SUSPEND', input);
  }

  @Mutation(() => WorkOrderPayload, { description: '恢复' })
  resumeWorkOrder(@Context() ctx: RequestContext, @Args('input') input: WorkOrderActInput): Promise<WorkOrderPayload> {
    return this.move(ctx, 'RESUME', input);
  }

  @Mutation(() => WorkOrderPayload, { description: '完工: all steps are done; things stand, or are out.' })
  finishWorkOrder(@Context() ctx: RequestContext, @Args('input') input: WorkOrderActInput): Promise<WorkOrderPayload> {
    return this.move(ctx, 'FINISH', input);
  }

  @Mutation(() => WorkOrderPayload, { description: '返工' })
  reworkWorkOrder(@Context() ctx: RequestContext, @Args('input') input: WorkOrderActInput): Promise<WorkOrderPayload> {
    return this.move(ctx, 'REWORK', input);
  }

  @Mutation(() => WorkOrderPayload, { description: '确认: by another than who did it.' })
  confirmWorkOrder(@Context() ctx: RequestContext, @Args('input') input: WorkOrderActInput): Promise<WorkOrderPayload> {
    return this.move(ctx, 'CONFIRM', input);
  }

  @Mutation(() => WorkOrderPayload, { description: '取消: what it kept goes back, once.' })
  cancelWorkOrder(@Context() ctx: RequestContext, @Args('input') input: WorkOrderActInput): Promise<WorkOrderPayload> {
    return this.move(ctx, 'CANCEL', input);
  }

  @Mutation(() => ProviderCompanyPayload, { description: 'A company and its people; a person is of one company.' })
  async saveProviderCompany(
    @Context() ctx: RequestContext,
    @Args('input') input: SaveProviderCompanyInput,
  ): Promise<ProviderCompanyPayload> {
    ctx.require('WORK_ORDER', 'REVIEW');
    const id = input.id ? (uuidOf('ProviderCompany', input.id) ?? '-') : null;
    const wish = { ...input, id, expectedVersion: input.expectedVersion ?? null };
    const saved = await this.companies.save(ctx.requireViewer(), wish);
    if (!saved.ok) return { company: null, errors: toUserErrors(saved.error, ctx.locale) };
    const [row] = await this.companies.companies([saved.value.id]);
    return { company: row ? new ProviderCompanyNode(row) : null, errors: [] };
  }

  @Mutation(() => PortSetPayload, { description: 'Ports of a switch, or sockets of a strip, to be claimed.' })
  async createPortSet(
    @Context() ctx: RequestContext,
    @Args('input') input: CreatePortSetInput,
  ): Promise<PortSetPayload> {
    ctx.require('CABINET', 'EDIT');
    const { cabinetId, deviceId, ...rest } = input;
    const wish = {
      ...rest,
      cabinetId: uuidOf('Cabinet', cabinetId),
      deviceHolderId: deviceId ? (uuidOf('CabinetHolder', deviceId) ?? '-') : null,
    };
    return this.setPayload(ctx, this.sets.create(ctx.requireViewer(), wish));
  }

  @Mutation(() => PortSetPayload, { description: 'Not below what is claimed.' })
  async resizePortSet(
    @Context() ctx: RequestContext,
    @Args('input') input: ResizePortSetInput,
  ): Promise<PortSetPayload> {
    ctx.require('CABINET', 'EDIT');
    return this.setPayload(ctx, this.sets.resize(ctx.requireViewer(), { ...input, id: uuidOf('PortSet', input.id) }));
  }

  private async setPayload(ctx: RequestContext, answer: Answer): Promise<PortSetPayload> {
    const done = await answer;
    if (!done.ok) return { portSet: null, errors: toUserErrors(done.error, ctx.locale) };
    const [row] = await this.sets.sets([done.value.id]);
    return { portSet: row ? new PortSetNode(row) : null, errors: [] };
  }

  private move(ctx: RequestContext, action: SimpleMove, input: WorkOrderActInput): Promise<WorkOrderPayload> {
    return this.act(ctx, (viewer, sight) => this.acts.move(viewer, sight, action, toMove(input)));
  }

  private async act(
    ctx: RequestContext,
    work: (viewer: Viewer, sight: OrderSight) => Answer,
  ): Promise<WorkOrderPayload> {
    const viewer = ctx.requireViewer();
    const sight = await this.sights.of(viewer);
    if (!sight) throw forbidden(ctx.locale, 'WORK_ORDER', 'READ');
    return this.payload(ctx, work(viewer, sight));
  }

  private async payload(ctx: RequestContext, answer: Answer): Promise<WorkOrderPayload> {
    const done = await answer;
    if (!done.ok) return { workOrder: null, errors: toUserErrors(done.error, ctx.locale) };
    const sight = await this.sights.of(ctx.requireViewer());
    const row = sight && (await this.orders.inSight(sight, done.value.id));
    return { workOrder: row ? new WorkOrderNode(row) : null, errors: [] };
  }
}
