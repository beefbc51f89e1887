import { Context, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CabinetsService } from '../cabinets/cabinets.service.js';
import { CabinetNode } from '../cabinets/cabinets.types.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { scopeFor, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { inOrderOf, RequestContext } from '../platform/graphql/request-context.js';
import type { LatestReading } from './energy.repository.js';
import { EnergyService } from './energy.service.js';

/** Measured power beside the nameplate's. A sum over the whole cabinet, so it is told to no one who sees a part (ADR 8). */
@Resolver(() => CabinetNode)
export class CabinetPowerResolver {
  constructor(
    private readonly energies: EnergyService,
    private readonly cabinets: CabinetsService,
    private readonly facilities: FacilitiesService,
  ) {}

  @ResolveField(() => Int, {
    nullable: true,
    description:
      'Watts measured within the last quarter of an hour; null = not measured, never nought, or the viewer sees a part of the cabinet.',
  })
  async measuredPowerW(@Context() ctx: RequestContext, @Parent() cabinet: CabinetNode): Promise<number | null> {
    return (await this.measured(ctx, cabinet))?.powerW ?? null;
  }

  @ResolveField(() => Date, { nullable: true, description: 'When that was measured.' })
  async powerMeasuredAt(@Context() ctx: RequestContext, @Parent() cabinet: CabinetNode): Promise<Date | null> {
    return (await this.measured(ctx, cabinet))?.at ?? null;
  }

  private async measured(ctx: RequestContext, { row }: CabinetNode): Promise<LatestReading | null> {
    if (scopeFor(ctx.requireViewer(), 'CABINET', 'READ')?.kind !== 'PROVINCE') return null;
    const [center, room] = await Promise.all([
      ctx.loader(this.facilities.centersByIds).load(row.centerId),
      ctx.loader(this.rooms).load(row.roomId),
    ]);
    if (!center || !room) return null;
    return ctx.loader(this.energies.measuredOf).load(`${center.code}/${room.code}/${row.code}`);
  }

  /** Batch for loaders. Unscoped: reached from a cabinet that the viewer may already see. */
  private readonly rooms = async (ids: readonly string[]) =>
    inOrderOf(ids, await this.cabinets.roomsByIds(WHOLE_PROVINCE, ids), (room) => room.id);
}
