import { Context, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CabinetsService } from '../cabinets/cabinets.service.js';
import { CabinetNode } from '../cabinets/cabinets.types.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { WHOLE_PROVINCE } from '../kernel/viewer.js';
import { inOrderOf, RequestContext } from '../platform/graphql/request-context.js';
import { EnergyService } from './energy.service.js';

/** Measured power beside the nameplate's. */
@Resolver(() => CabinetNode)
export class CabinetPowerResolver {
  constructor(
    private readonly energies: EnergyService,
    private readonly cabinets: CabinetsService,
    private readonly facilities: FacilitiesService,
  ) {}

  @ResolveField(() => Int, {
    nullable: true,
    description: 'Watts measured within the last quarter of an hour; null = not measured, never nought.',
  })
  async measuredPowerW(@Context() ctx: RequestContext, @Parent() { row }: CabinetNode): Promise<number | null> {
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
