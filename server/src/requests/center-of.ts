import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode } from '../facilities/facilities.types.js';
import { RequestContext } from '../platform/graphql/request-context.js';

/** The center that a line, a share or a group names; null = none is named, or it is not there yet. */
export async function centerOf(
  facilities: FacilitiesService,
  ctx: RequestContext,
  centerId: string | null,
): Promise<CenterNode | null> {
  const center = centerId === null ? null : await ctx.loader(facilities.centersByIds).load(centerId);
  return center && new CenterNode(center);
}
