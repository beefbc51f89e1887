import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { uuidOf } from '../kernel/node-id.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { PlanCenterOpeningInput } from './center-openings.graphql.js';
import { CentersService } from './centers.service.js';
import type { CloudForm } from './domain/pool-form.js';
import {
  CenterPayload,
  ChangeCenterLifeInput,
  type CloudInput,
  EditPoolInput,
  PoolPayload,
  RegisterCenterInput,
  RegisterPoolInput,
} from './facilities.graphql.js';
import { FacilitiesService } from './facilities.service.js';
import { CenterNode, PoolNode } from './facilities.types.js';
import { PoolsService } from './pools.service.js';

type Answer = Result<{ id: string }, readonly Refusal[]>;

/** Acts on centers and pools: whoever may edit centers. */
@Resolver()
export class PlaceActsResolver {
  constructor(
    private readonly facilities: FacilitiesService,
    private readonly centers: CentersService,
    private readonly pools: PoolsService,
  ) {}

  @Mutation(() => CenterPayload)
  async registerCenter(
    @Context() ctx: RequestContext,
    @Args('input') input: RegisterCenterInput,
  ): Promise<CenterPayload> {
    ctx.require('CENTER', 'EDIT');
    return this.centerPayload(
      ctx,
      await this.centers.register(ctx.requireViewer(), { ...input, clusterName: input.clusterName ?? null }),
    );
  }

  @Mutation(() => CenterPayload, { description: 'Planned → building → trial → in service → stopped.' })
  async changeCenterLife(
    @Context() ctx: RequestContext,
    @Args('input') input: ChangeCenterLifeInput,
  ): Promise<CenterPayload> {
    ctx.require('CENTER', 'EDIT');
    const { id, ...wish } = input;
    return this.centerPayload(
      ctx,
      await this.centers.changeLife(ctx.requireViewer(), { ...wish, centerId: uuidOf('Center', id) }),
    );
  }

  @Mutation(() => CenterPayload, { description: 'When it is to open: what is owed until then is due on that day.' })
  async planCenterOpening(
    @Context() ctx: RequestContext,
    @Args('input') input: PlanCenterOpeningInput,
  ): Promise<CenterPayload> {
    ctx.require('CENTER', 'EDIT');
    const { id, ...wish } = input;
    return this.centerPayload(
      ctx,
      await this.centers.planOpening(ctx.requireViewer(), { ...wish, centerId: uuidOf('Center', id) }),
    );
  }

  @Mutation(() => PoolPayload)
  async registerPool(@Context() ctx: RequestContext, @Args('input') input: RegisterPoolInput): Promise<PoolPayload> {
    ctx.require('CENTER', 'EDIT');
    return this.poolPayload(
      ctx,
      await this.pools.register(ctx.requireViewer(), {
        ...worded(input),
        code: input.code,
        kind: input.kind,
        architecture: input.architecture,
        zone: input.zone,
        centerId: input.centerId ? uuidOf('Center', input.centerId) : null,
      }),
    );
  }

  @Mutation(() => PoolPayload, { description: 'A limit never goes below what is live: refused with the figures.' })
  async editPool(@Context() ctx: RequestContext, @Args('input') input: EditPoolInput): Promise<PoolPayload> {
    ctx.require('CENTER', 'EDIT');
    return this.poolPayload(
      ctx,
      await this.pools.edit(ctx.requireViewer(), {
        ...worded(input),
        poolId: uuidOf('Pool', input.id),
        takeCounted: input.takeCounted,
        expectedVersion: input.expectedVersion,
      }),
    );
  }

  private async centerPayload(ctx: RequestContext, answer: Answer): Promise<CenterPayload> {
    if (!answer.ok) return { center: null, errors: toUserErrors(answer.error, ctx.locale) };
    const [center] = await this.facilities.centersByIds([answer.value.id]);
    return { center: center ? new CenterNode(center) : null, errors: [] };
  }

  private async poolPayload(ctx: RequestContext, answer: Answer): Promise<PoolPayload> {
    if (!answer.ok) return { pool: null, errors: toUserErrors(answer.error, ctx.locale) };
    const [pool] = await this.facilities.pools([answer.value.id]);
    return { pool: pool ? new PoolNode(pool) : null, errors: [] };
  }
}

/** The same plain object for the same input, so that an idempotency key knows it again. */
function worded(input: RegisterPoolInput | EditPoolInput) {
  return {
    idempotencyKey: input.idempotencyKey,
    processor: input.processor,
    domesticCpu: input.domesticCpu ?? null,
    protectionLevelMax: input.protectionLevelMax ?? null,
    vcpuOvercommitPercent: input.vcpuOvercommitPercent,
    reservePercent: input.reservePercent,
    reserveNodes: input.reserveNodes,
    size: input.size ? { ...input.size, nodes: input.size.nodes ?? null } : null,
    accelerators: input.accelerators.map(({ name, count }) => ({ name, count })),
    platformName: input.platformName ?? null,
    cloud: input.cloud ? cloudForm(input.cloud) : null,
  };
}

function cloudForm(input: CloudInput): CloudForm {
  return {
    kind: input.kind,
    ownerDepartmentId: uuidOf('Department', input.ownerDepartmentId),
    migrationPlan: input.migrationPlan || null,
    migrationTarget: input.migrationTarget || null,
    servers: input.servers ?? null,
    rackUnits: input.rackUnits ?? null,
  };
}
