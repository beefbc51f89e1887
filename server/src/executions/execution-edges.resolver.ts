import { Context, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { DepartmentsService } from '../departments/departments.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode } from '../facilities/facilities.types.js';
import { StoredFileNode } from '../files/files.graphql.js';
import { uuidOf } from '../kernel/node-id.js';
import { readIn } from '../kernel/said.js';
import { scopeFor } from '../kernel/viewer.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { ExecutionViews } from './execution-views.service.js';
import { ApprovalNode, EvidenceNode, ExecutionNode, ShownLossNode, StepNode } from './executions.graphql.js';
import type { EvidenceKind, StepRow } from './executions.types.js';
import { ReturningSideNode } from './returning-sides.graphql.js';

@Resolver(() => ExecutionNode)
export class ExecutionEdgesResolver {
  constructor(
    private readonly views: ExecutionViews,
    private readonly facilities: FacilitiesService,
    private readonly departments: DepartmentsService,
  ) {}

  @ResolveField(() => [StepNode])
  async steps(@Context() ctx: RequestContext, @Parent() { row }: ExecutionNode): Promise<StepNode[]> {
    const all = readsRunbooks(ctx);
    return (await ctx.loader(this.views.stepsOf).load(row.id)).map(
      (step) => new StepNode(all ? step : asSeen(step), ctx.locale),
    );
  }

  @ResolveField(() => String, { nullable: true, description: 'In the reader’s language, where the console says it.' })
  pausedWhy(@Context() ctx: RequestContext, @Parent() { row }: ExecutionNode): string | null {
    return row.pausedWhy === null ? null : readIn(ctx.locale, row.pausedWhy, row.pausedWhyEn);
  }

  @ResolveField(() => [ApprovalNode])
  async approvals(@Context() ctx: RequestContext, @Parent() { row }: ExecutionNode): Promise<ApprovalNode[]> {
    return (await ctx.loader(this.views.approvalsOf).load(row.id)).map((approval) => new ApprovalNode(approval));
  }

  @ResolveField(() => [EvidenceNode], { description: 'In the order in which it was kept.' })
  async evidence(@Context() ctx: RequestContext, @Parent() { row }: ExecutionNode): Promise<EvidenceNode[]> {
    const all = readsRunbooks(ctx);
    return (await ctx.loader(this.views.evidenceOf).load(row.id))
      .filter(({ kind }) => all || !CONSOLES_OWN.includes(kind))
      .map((one) => new EvidenceNode(one));
  }

  @ResolveField(() => Int, {
    description: 'Of approvers, by what is in force now: a revoked advance approval spares none.',
  })
  signaturesNeeded(@Parent() { row }: ExecutionNode): Promise<number> {
    return this.views.signaturesNeeded(row);
  }

  @ResolveField(() => [ReturningSideNode], { description: 'Sides that it left, until they stand still and follow.' })
  async returningSides(@Context() ctx: RequestContext, @Parent() { row }: ExecutionNode): Promise<ReturningSideNode[]> {
    const rows = await ctx.loader(this.views.returningOf).load(row.id);
    const centers = rows.length === 0 ? [] : await this.facilities.centers();
    return rows.map((side) => {
      const center = centers.find(({ id }) => id === side.centerId);
      return new ReturningSideNode(side, center ? new CenterNode(center) : null, ctx.locale);
    });
  }

  @ResolveField(() => [StoredFileNode])
  async files(@Context() ctx: RequestContext, @Parent() { row }: ExecutionNode): Promise<StoredFileNode[]> {
    return (await ctx.loader(this.views.filesOf).load(row.id)).map((file) => new StoredFileNode(file));
  }

  @ResolveField(() => CenterNode, { nullable: true })
  fromCenter(@Parent() { row }: ExecutionNode): Promise<CenterNode | null> {
    return this.center(row.fromCenterId);
  }

  @ResolveField(() => CenterNode, { nullable: true })
  toCenter(@Parent() { row }: ExecutionNode): Promise<CenterNode | null> {
    return this.center(row.toCenterId);
  }

  @ResolveField(() => ShownLossNode, { nullable: true, description: 'As it would be if it were accepted now.' })
  async lossNow(@Parent() { row }: ExecutionNode): Promise<ShownLossNode | null> {
    const loss = row.open === 1 ? await this.views.lossNow(row) : null;
    return loss && new ShownLossNode(loss);
  }

  @ResolveField(() => Boolean, { description: 'Whoever asks may carry it out.' })
  mayOperate(@Context() ctx: RequestContext): boolean {
    return scopeFor(ctx.requireViewer(), 'DR_GROUP', 'OPERATE') !== undefined;
  }

  @ResolveField(() => Boolean, { description: 'Whoever asks may approve, and did not ask for it himself.' })
  maySignOff(@Context() ctx: RequestContext, @Parent() { row }: ExecutionNode): boolean {
    const viewer = ctx.requireViewer();
    return scopeFor(viewer, 'DR_GROUP', 'SIGN_OFF') !== undefined && viewer.userId !== row.requestedById;
  }

  @ResolveField(() => String, { description: 'Whose system it is: that department verifies it.' })
  async department(@Context() ctx: RequestContext, @Parent() { row }: ExecutionNode): Promise<string> {
    const found = await ctx.loader(this.departments.departments).load(row.departmentId);
    return found?.name ?? '';
  }

  @ResolveField(() => Boolean, { description: 'Whoever asks is of the department whose system it is.' })
  mayVerify(@Context() ctx: RequestContext, @Parent() { row }: ExecutionNode): boolean {
    return ctx.requireViewer().departmentId === row.departmentId;
  }

  private async center(id: string): Promise<CenterNode | null> {
    const center = (await this.facilities.centers()).find((one) => one.id === id);
    return center ? new CenterNode(center) : null;
  }
}

/** What the console read and wrote at its clusters. */
const CONSOLES_OWN: readonly EvidenceKind[] = ['STEP_OUTPUT', 'STEP_FAILURE', 'RETURN'];

/** Networks, controllers and addresses by which centers are fenced and switched are no department's, as its runbooks are not. */
function readsRunbooks(ctx: RequestContext): boolean {
  return scopeFor(ctx.requireViewer(), 'DR_GROUP', 'READ')?.kind === 'PROVINCE';
}

function asSeen(step: StepRow): StepRow {
  const { proof } = step.params;
  const params = proof === undefined ? {} : { proof };
  return { ...step, params, ...(step.kind === 'AUTOMATIC' ? { output: null } : {}) };
}

@Resolver(() => ApprovalNode)
export class ApprovalEdgesResolver {
  constructor(private readonly departments: DepartmentsService) {}

  @ResolveField(() => String)
  async department(@Context() ctx: RequestContext, @Parent() { departmentId }: ApprovalNode): Promise<string> {
    const id = uuidOf('Department', departmentId);
    const found = id === undefined ? null : await ctx.loader(this.departments.departments).load(id);
    return found?.name ?? '';
  }
}
