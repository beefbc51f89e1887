import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { PlacementCheckNode, PlacementShareNode } from '../allocation/allocation.types.js';
import { isPoolProtectionLevel } from '../facilities/domain/facility.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode, PoolNode } from '../facilities/facilities.types.js';
import { uuidOf } from '../kernel/node-id.js';
import { badInput } from '../platform/graphql/errors.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import type { WhatIfLine, WhatIfLineResult } from './domain/what-if.js';
import { SimulatorService } from './simulator.service.js';
import {
  PlacementSimulationNode,
  SimulatePlacementInput,
  type WhatIfLineInput,
  type WhatIfLineNode,
} from './simulator.types.js';

/** What one person compares; more is an import and not a question. */
const LINES_MAX = 200;
/** A year's demand of a province. */
const MACHINES_MAX = 10_000;
/** Bigger than any machine that a node runs. */
const AMOUNT_MAX = 10_000_000;

@Resolver(() => PlacementSimulationNode)
export class SimulatorResolver {
  constructor(
    private readonly simulator: SimulatorService,
    private readonly facilities: FacilitiesService,
  ) {}

  @Query(() => PlacementSimulationNode, { description: '容量推演: what if these came. For whoever watches capacity.' })
  async simulatePlacement(
    @Context() ctx: RequestContext,
    @Args('input') input: SimulatePlacementInput,
  ): Promise<PlacementSimulationNode> {
    ctx.require('CAPACITY', 'READ');
    const answer = await this.simulator.simulate(linesOf(input.lines));
    const pools = await this.facilities.pools(answer.pools.map(({ poolId }) => poolId));
    const centers = new Map((await this.facilities.centers()).map((center) => [center.id, new CenterNode(center)]));
    return {
      feasible: answer.feasible,
      lines: answer.lines.map((line) => lineNode(ctx, line)),
      pools: answer.pools.flatMap(({ poolId, machines, meters }, at) => {
        const pool = pools[at];
        const first = answer.runsOutFirst?.poolId === poolId ? answer.runsOutFirst.meter : null;
        return pool ? [{ pool: new PoolNode(pool), machines, meters, runsOutFirst: first }] : [];
      }),
      headroom: answer.headroom.flatMap(({ centerId, zone, ...row }) => {
        const center = centers.get(centerId);
        return center ? [{ ...row, zone: zone as WhatIfLineInput['zone'], center }] : [];
      }),
    };
  }
}

function linesOf(lines: readonly WhatIfLineInput[]): WhatIfLine[] {
  if (lines.length === 0 || lines.length > LINES_MAX) throw badInput(`1 to ${LINES_MAX} lines`);
  if (lines.reduce((sum, { count }) => sum + Math.max(0, count), 0) > MACHINES_MAX)
    throw badInput(`at most ${MACHINES_MAX} machines together`);
  return lines.map((line, index) => {
    for (const field of ['count', 'vcpu', 'memoryMib', 'diskGib'] as const)
      if (line[field] < 1 || line[field] > AMOUNT_MAX)
        throw badInput(`lines.${index}.${field} must be 1 to ${AMOUNT_MAX}`);
    if (!isPoolProtectionLevel(line.protectionLevel)) throw badInput(`lines.${index}.protectionLevel must be 1 to 3`);
    const {
      count,
      vcpu,
      memoryMib,
      diskGib,
      storageTier,
      architecture,
      zone,
      localMode,
      protectionLevel,
      domesticCpu,
    } = line;
    const size = { count, vcpu, memoryMib, diskGib, storageTier, architecture, zone };
    // An id that is no center's is refused by P1, as any center that is not open.
    const centerId = line.centerId ? (uuidOf('Center', line.centerId) ?? '-') : null;
    return { ...size, centerId, localMode, protectionLevel, domesticCpu };
  });
}

function lineNode(ctx: RequestContext, { index, asked, placed, verdicts }: WhatIfLineResult): WhatIfLineNode {
  const told = verdicts.find((verdict) => !verdict.feasible) ?? verdicts[0];
  return {
    index,
    asked,
    placed,
    placements: verdicts.flatMap(({ shares }) => shares.map((share) => Object.assign(new PlacementShareNode(), share))),
    checks: (told?.checks ?? []).map((check) => PlacementCheckNode.of(check, (text) => ctx.say(text))),
  };
}
