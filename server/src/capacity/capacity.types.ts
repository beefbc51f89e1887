import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { SPACE_RESOURCES, type SpaceResource, type SpaceTotals } from '../cabinets/domain/space-totals.js';
import { REMAIN_KINDS, type RemainKind } from '../facilities/domain/center-life.js';
import type { Architecture, NetworkZone } from '../facilities/domain/facility.js';
import type { MaintenanceExtent } from '../facilities/domain/maintenance.js';
import { MaintenanceExtentEnum, MaintenanceWindowNode } from '../facilities/facilities.graphql.js';
import { ArchitectureEnum, CenterNode, NetworkZoneEnum, PoolNode } from '../facilities/facilities.types.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import type { ServerArchitecture } from '../servers/domain/processor.js';
import { ServerArchitectureEnum } from '../servers/servers.graphql.js';
import type { GroupReport } from './capacity.service.js';
import type { LossVerdict } from './domain/center-loss.js';
import type { Trend } from './domain/trend.js';
import type { ImpactClaim, MaintenanceImpact } from './maintenance-impact.service.js';

@ObjectType('MonthUse')
export class MonthUseNode {
  @Field(() => String, { description: 'YYYY-MM' })
  month!: string;
  @Field(() => Number, { description: 'Allocated at its end; of the running month, now.' })
  amount!: number;
}

@ObjectType('UseTrend', { description: 'Of what is given or stands, never of what is only held.' })
export class UseTrendNode {
  @Field(() => [MonthUseNode])
  history!: readonly MonthUseNode[];
  @Field(() => Number, { nullable: true, description: 'By least squares through the last months; null = too few.' })
  perMonth!: number | null;
  @Field(() => Int, {
    nullable: true,
    description: 'Of what is free for any department; null = it does not fill up, or not within ten years.',
  })
  daysToFull!: number | null;
}

@ObjectType('CapacityMeterReport')
export class MeterReportNode {
  @Field(() => String, { description: 'VCPU, MEMORY_MIB, STORAGE_GIB_SSD, STORAGE_GIB_HDD or ACCELERATOR:<class>.' })
  meter!: string;
  @Field(() => Number)
  total!: number;
  @Field(() => Number)
  held!: number;
  @Field(() => Number)
  allocated!: number;
  @Field(() => Number)
  free!: number;
  @Field(() => Number, { nullable: true })
  present!: number | null;
  @Field(() => [MonthUseNode])
  history!: readonly MonthUseNode[];
  @Field(() => Number, { nullable: true, description: 'By least squares through the last months; null = too few.' })
  perMonth!: number | null;
  @Field(() => Int, {
    nullable: true,
    description: 'At that pace; null = it does not fill up, or not within ten years.',
  })
  daysToFull!: number | null;
}

@ObjectType('CapacityGroup', { description: 'The pools of one center, architecture and zone together.' })
export class CapacityGroupNode {
  @Field(() => CenterNode)
  center!: CenterNode;
  @Field(() => ArchitectureEnum)
  architecture!: Architecture;
  @Field(() => NetworkZoneEnum)
  zone!: NetworkZone;
  @Field(() => [PoolNode])
  pools!: PoolNode[];
  @Field(() => [MeterReportNode])
  meters!: readonly MeterReportNode[];

  static of({ center, pools, ...row }: GroupReport): CapacityGroupNode {
    return Object.assign(new CapacityGroupNode(), {
      ...row,
      center: new CenterNode(center),
      pools: pools.map((pool) => new PoolNode(pool)),
    });
  }
}

const SpaceResourceEnum = enumOf(SPACE_RESOURCES);
registerEnumType(SpaceResourceEnum, { name: 'SpaceResource' });

@ObjectType('SpaceAmounts', {
  description: 'In units, watts or grams. used + held + free + reserved + singleFed + closed = total.',
})
export class SpaceAmountsNode {
  @Field(() => SpaceResourceEnum)
  resource!: SpaceResource;
  @Field(() => Number)
  total!: number;
  @Field(() => Number, { description: 'Allocated or occupied.' })
  used!: number;
  @Field(() => Number)
  held!: number;
  @Field(() => Number, { description: 'For any department, behind two feeds.' })
  free!: number;
  @Field(() => Number, { description: 'Free in cabinets that are wholly one department’s.' })
  reserved!: number;
  @Field(() => Number, { description: 'Free behind one feed only: taken only when said explicitly.' })
  singleFed!: number;
  @Field(() => Number, { description: 'Blocked, or free where nothing comes in: a closed cabinet, a center not open.' })
  closed!: number;
  @Field(() => UseTrendNode)
  trend!: UseTrendNode;
}

@ObjectType('SpaceCapacity', { description: 'Cabinets in service or closed of one center and zone.' })
export class SpaceCapacityNode {
  @Field(() => CenterNode)
  center!: CenterNode;
  @Field(() => NetworkZoneEnum)
  zone!: NetworkZone;
  @Field(() => Int)
  cabinets!: number;
  @Field(() => [SpaceAmountsNode], { description: 'Units, power, weight.' })
  amounts!: readonly SpaceAmountsNode[];

  static of(
    { zone, cabinets, amounts }: SpaceTotals,
    center: CenterNode,
    trendOf: (resource: SpaceResource) => Trend,
  ): SpaceCapacityNode {
    return {
      center,
      zone,
      cabinets,
      amounts: SPACE_RESOURCES.map((resource) => ({ resource, ...amounts[resource], trend: trendOf(resource) })),
    };
  }
}

@ObjectType('AcceleratorCapacity', { description: 'One class of accelerators in standalone servers of one center.' })
export class AcceleratorCapacityNode {
  @Field(() => CenterNode)
  center!: CenterNode;
  @Field(() => String)
  kind!: string;
  @Field(() => String, { description: 'The class.' })
  name!: string;
  @Field(() => Int, { description: 'Pieces, without those of retired servers.' })
  total!: number;
  @Field(() => Int)
  free!: number;
  @Field(() => Int)
  held!: number;
  @Field(() => Int)
  inUse!: number;
  @Field(() => Int, { description: 'In servers that are planned, onboarding, cleaning or in maintenance.' })
  other!: number;
}

@ObjectType('ServerCapacity', { description: 'Servers of one center and architecture.' })
export class ServerCapacityNode {
  @Field(() => CenterNode)
  center!: CenterNode;
  @Field(() => ServerArchitectureEnum)
  architecture!: ServerArchitecture;
  @Field(() => Int, { description: 'Without the retired.' })
  total!: number;
  @Field(() => Int)
  free!: number;
  @Field(() => Int)
  held!: number;
  @Field(() => Int)
  inUse!: number;
  @Field(() => Int, { description: 'Planned, onboarding, cleaning or in maintenance.' })
  other!: number;
  @Field(() => UseTrendNode)
  trend!: UseTrendNode;
}

@ObjectType('LossShortage')
export class LossShortageNode {
  @Field(() => ArchitectureEnum)
  architecture!: Architecture;
  @Field(() => NetworkZoneEnum)
  zone!: NetworkZone;
  @Field(() => String)
  meter!: string;
  @Field(() => Number)
  needed!: number;
  @Field(() => Number)
  free!: number;
  @Field(() => Number)
  short!: number;
}

@ObjectType('CenterLossVerdict', {
  description: 'N-1: whether the other side of the dual-active pair carries all dual-active load.',
})
export class LossVerdictNode {
  @Field(() => CenterNode)
  lost!: CenterNode;
  @Field(() => CenterNode)
  other!: CenterNode;
  @Field(() => Boolean)
  carried!: boolean;
  @Field(() => Int, { description: 'Dual-active systems with machines in the lost center.' })
  systems!: number;
  @Field(() => [LossShortageNode])
  shortages!: readonly LossShortageNode[];
  readonly verdict!: LossVerdict;
  /** Resolved to nodes. */
  readonly systemsShortIds!: readonly string[];
}

@ObjectType('CapacityReport')
export class CapacityReportNode {
  @Field(() => [CapacityGroupNode])
  groups!: CapacityGroupNode[];
  @Field(() => [SpaceCapacityNode])
  space!: SpaceCapacityNode[];
  @Field(() => [ServerCapacityNode])
  servers!: ServerCapacityNode[];
  @Field(() => [AcceleratorCapacityNode], {
    description: 'In standalone servers; those of pools are meters of theirs.',
  })
  accelerators!: AcceleratorCapacityNode[];
  @Field(() => [LossVerdictNode], { description: 'Empty while there is no dual-active pair.' })
  losses!: LossVerdictNode[];
}

const RemainKindEnum = enumOf(REMAIN_KINDS);
registerEnumType(RemainKindEnum, { name: 'CenterRemainKind' });

@ObjectType('CenterRemain')
export class CenterRemainNode {
  @Field(() => RemainKindEnum)
  kind!: RemainKind;
  @Field(() => Int)
  count!: number;
}

@InputType('MaintenanceImpactInput')
export class MaintenanceImpactInput {
  @Field(() => ID)
  poolId!: string;
  @Field(() => MaintenanceExtentEnum)
  extent!: MaintenanceExtent;
  @Field(() => Int, { nullable: true })
  nodes!: number | null;
  @Field(() => Date)
  fromAt!: Date;
  @Field(() => Date)
  toAt!: Date;
  @Field(() => ID, { nullable: true, description: 'The window itself, when it is planned already.' })
  windowId!: string | null;
}

@ObjectType('ImpactMeter')
export class ImpactMeterNode {
  @Field(() => String)
  meter!: string;
  @Field(() => Number)
  promisedNow!: number;
  @Field(() => Number)
  promisedThen!: number;
  @Field(() => Number)
  live!: number;
  @Field(() => Number, { description: 'Live beyond what would then be promised.' })
  short!: number;
}

@ObjectType('DisplacedClaim', { description: 'A live claim that would no longer fit.' })
export class DisplacedClaimNode {
  @Field(() => Boolean, { description: 'Only held: no machine yet.' })
  held!: boolean;
  @Field(() => Number)
  vcpu!: number;
  @Field(() => Number)
  memoryMib!: number;
  readonly row!: ImpactClaim;

  static of(row: ImpactClaim): DisplacedClaimNode {
    return Object.assign(new DisplacedClaimNode(), {
      held: row.state === 'HELD',
      vcpu: row.amounts.VCPU ?? 0,
      memoryMib: row.amounts.MEMORY_MIB ?? 0,
      row,
    });
  }
}

@ObjectType('MaintenanceImpact', { description: 'What a window would break, before it starts.' })
export class MaintenanceImpactNode {
  @Field(() => [ImpactMeterNode])
  meters!: readonly ImpactMeterNode[];
  @Field(() => [DisplacedClaimNode], {
    description: 'The first 50: what is held before what runs, the youngest first.',
  })
  displaced!: DisplacedClaimNode[];
  @Field(() => Int)
  displacedCount!: number;
  @Field(() => [MaintenanceWindowNode], {
    description: 'Other windows of the pool at the same time; they are reckoned in.',
  })
  overlapping!: MaintenanceWindowNode[];
  readonly sidesLostIds!: readonly string[];

  static of({ sidesLost, displaced, overlapping, ...rest }: MaintenanceImpact): MaintenanceImpactNode {
    return Object.assign(new MaintenanceImpactNode(), {
      ...rest,
      displaced: displaced.map(DisplacedClaimNode.of),
      overlapping: overlapping.map((window) => new MaintenanceWindowNode(window)),
      sidesLostIds: sidesLost,
    });
  }
}
