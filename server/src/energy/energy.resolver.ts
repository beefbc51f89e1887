import { Args, Context, Int, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode } from '../facilities/facilities.types.js';
import { uuidOf } from '../kernel/node-id.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import { scopeFor } from '../kernel/viewer.js';
import { badInput } from '../platform/graphql/errors.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { ENERGY_MONTHS_MAX, EnergyService } from './energy.service.js';
import { CenterEnergyNode, EnergyPayload, RecordEnergyMonthInput, SetPueTargetInput } from './energy.types.js';

@Resolver(() => CenterNode)
export class EnergyResolver {
  constructor(
    private readonly energies: EnergyService,
    private readonly facilities: FacilitiesService,
  ) {}

  /** A center is one of a handful, so each asks by itself. */
  @ResolveField(() => CenterEnergyNode, { nullable: true, description: 'Null for whoever does not read capacity.' })
  async energy(
    @Context() ctx: RequestContext,
    @Parent() center: CenterNode,
    @Args('months', { type: () => Int, defaultValue: 24 }) months: number,
  ): Promise<CenterEnergyNode | null> {
    if (!scopeFor(ctx.requireViewer(), 'CAPACITY', 'READ')) return null;
    if (months < 1 || months > ENERGY_MONTHS_MAX) throw badInput(`months must be 1 to ${ENERGY_MONTHS_MAX}`);
    const [energy] = await this.energies.ofCenters([center.uuid], months);
    if (!energy) return null;
    return {
      target: energy.target === null ? null : energy.target / 100,
      months: energy.months,
      totalPowerW: energy.now.totalW,
      itPowerW: energy.now.itW,
      measuredAt: energy.now.at,
      feeds: energy.feeds,
    };
  }

  @Mutation(() => EnergyPayload)
  async setPueTarget(@Context() ctx: RequestContext, @Args('input') input: SetPueTargetInput): Promise<EnergyPayload> {
    ctx.require('CENTER', 'EDIT');
    const { centerId, ...wish } = input;
    return this.payload(
      ctx,
      await this.energies.setTarget(ctx.requireViewer(), { ...wish, centerId: uuidOf('Center', centerId) }),
    );
  }

  @Mutation(() => EnergyPayload, { description: 'What the meter says at a month’s end.' })
  async recordEnergyMonth(
    @Context() ctx: RequestContext,
    @Args('input') input: RecordEnergyMonthInput,
  ): Promise<EnergyPayload> {
    ctx.require('CENTER', 'EDIT');
    const { centerId, ...wish } = input;
    return this.payload(
      ctx,
      await this.energies.recordMonth(ctx.requireViewer(), {
        ...wish,
        itKwh: input.itKwh ?? null,
        centerId: uuidOf('Center', centerId),
      }),
    );
  }

  private async payload(
    ctx: RequestContext,
    answer: Result<{ id: string }, readonly Refusal[]>,
  ): Promise<EnergyPayload> {
    if (!answer.ok) return { center: null, errors: toUserErrors(answer.error, ctx.locale) };
    const [center] = await this.facilities.centersByIds([answer.value.id]);
    return { center: center ? new CenterNode(center) : null, errors: [] };
  }
}
