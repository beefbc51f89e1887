import { Field, Float, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { LineKindEnum, PlacementCheckNode, StorageTierEnum } from '../allocation/allocation.types.js';
import type { StorageTier } from '../allocation/domain/capacity.js';
import type { LineKind } from '../allocation/domain/line-kind.js';
import { ServerOfferNode } from '../catalog/catalog-kinds.types.js';
import { STANDBY_RATIO_DEFAULT } from '../catalog/domain/catalog.js';
import type { Architecture, NetworkZone } from '../facilities/domain/facility.js';
import { ArchitectureEnum, CenterNode, NetworkZoneEnum, PoolNode } from '../facilities/facilities.types.js';
import { SharePreviewNode } from '../requests/request-lines.graphql.js';
import type { LocalMode, RemoteMode } from '../systems/domain/system.js';
import { LocalModeEnum, RemoteModeEnum } from '../systems/systems.types.js';

@InputType('WhatIfMachineInput', { description: 'Of each machine.' })
export class WhatIfMachineInput {
  @Field(() => Int)
  vcpu!: number;
  @Field(() => Int)
  memoryMib!: number;
  @Field(() => Int)
  diskGib!: number;
  @Field(() => StorageTierEnum)
  storageTier!: StorageTier;
  @Field(() => ArchitectureEnum)
  architecture!: Architecture;
  @Field(() => NetworkZoneEnum)
  zone!: NetworkZone;
  @Field(() => Boolean, { defaultValue: false, description: '信创: on domestic processors only.' })
  domesticCpu!: boolean;
  @Field(() => String, { nullable: true, description: 'Class of the accelerators that each takes; null = none.' })
  accelerator?: string | null;
  @Field(() => Int, { defaultValue: 0, description: 'Pieces of that class.' })
  acceleratorCount!: number;
  @Field(() => Int, {
    defaultValue: STANDBY_RATIO_DEFAULT,
    description: 'Under APPLICATION, how much of the compute stands ready in the recovery center, in percent.',
  })
  standbyRatioPercent!: number;
}

@InputType('WhatIfServerInput')
export class WhatIfServerInput {
  @Field(() => ID, { description: 'A class of the catalog.' })
  offerId!: string;
}

@InputType('WhatIfSpaceInput', { description: 'Of each place.' })
export class WhatIfSpaceInput {
  @Field(() => NetworkZoneEnum)
  zone!: NetworkZone;
  @Field(() => Float, { description: 'In half units. Of a whole cabinet: its height.' })
  heightUnits!: number;
  @Field(() => Int)
  powerW!: number;
  @Field(() => Int)
  weightKg!: number;
  @Field(() => Boolean, { defaultValue: false, description: 'A whole cabinet of exactly that height.' })
  whole!: boolean;
  @Field(() => Boolean, { defaultValue: false, description: 'Each place in a cabinet of its own (K7).' })
  apart!: boolean;
}

@InputType('WhatIfServiceInput')
export class WhatIfServiceInput {
  @Field(() => ID)
  offerId!: string;
}

@InputType('WhatIfLineInput', {
  description: 'What might be asked for: what all kinds have, and the one part of its kind.',
})
export class WhatIfLineInput {
  @Field(() => LineKindEnum)
  kind!: LineKind;
  @Field(() => Int, { description: 'In each center that runs it.' })
  count!: number;
  @Field(() => ID, { nullable: true, description: 'Null = whichever center fits best. DUAL_ACTIVE names none.' })
  centerId?: string | null;
  @Field(() => LocalModeEnum, { description: 'DUAL_ACTIVE: the same in A and in B.' })
  localMode!: LocalMode;
  @Field(() => RemoteModeEnum, { defaultValue: 'NONE' })
  remoteMode!: RemoteMode;
  @Field(() => Int, { defaultValue: 2, description: '等保 level of the systems that they are for, 1 to 3.' })
  protectionLevel!: number;
  @Field(() => WhatIfMachineInput, { nullable: true })
  vm?: WhatIfMachineInput | null;
  @Field(() => WhatIfServerInput, { nullable: true })
  server?: WhatIfServerInput | null;
  @Field(() => WhatIfSpaceInput, { nullable: true })
  cabinet?: WhatIfSpaceInput | null;
  @Field(() => WhatIfServiceInput, { nullable: true })
  service?: WhatIfServiceInput | null;
}

@InputType('SimulatePlacementInput')
export class SimulatePlacementInput {
  @Field(() => [WhatIfLineInput], {
    description: 'At most 200 with 10,000 things together, of which 1,000 places in cabinets.',
  })
  lines!: WhatIfLineInput[];
}

/** One change with which all of a line would fit: what is not null is changed. */
@ObjectType('WhatIfHint', {
  description: 'One change with which all of the line would fit: what is not null is changed.',
})
export class WhatIfHintNode {
  @Field(() => String)
  text!: string;
  @Field(() => Int, { nullable: true })
  count!: number | null;
  @Field(() => ID, { nullable: true })
  centerId!: string | null;
  @Field(() => LocalModeEnum, { nullable: true })
  localMode!: LocalMode | null;
  @Field(() => RemoteModeEnum, { nullable: true })
  remoteMode!: RemoteMode | null;
  @Field(() => NetworkZoneEnum, { nullable: true })
  zone!: NetworkZone | null;
  @Field(() => StorageTierEnum, { nullable: true })
  storageTier!: StorageTier | null;
  @Field(() => ArchitectureEnum, { nullable: true })
  architecture!: Architecture | null;
  @Field(() => Boolean, { nullable: true })
  apart!: boolean | null;
}

@ObjectType('WhatIfLine')
export class WhatIfLineNode {
  @Field(() => Int)
  index!: number;
  @Field(() => LineKindEnum)
  kind!: LineKind;
  @Field(() => Int)
  asked!: number;
  @Field(() => Int, { description: 'Of a dual-active line: in each of both centers.' })
  placed!: number;
  @Field(() => [SharePreviewNode], {
    description: 'Center by center, with what is placed there; where not all of it fits, with what refuses all of it.',
  })
  shares!: SharePreviewNode[];
  @Field(() => [PlacementCheckNode], { description: 'Of all of the line, in every center.' })
  checks!: PlacementCheckNode[];
  @Field(() => [WhatIfHintNode], { description: 'What would make it fit; of the first five that do not.' })
  hints!: WhatIfHintNode[];
}

@ObjectType('WhatIfMeter')
export class WhatIfMeterNode {
  @Field(() => String, { description: 'VCPU, MEMORY_MIB, STORAGE_GIB_SSD, STORAGE_GIB_HDD or ACCELERATOR:<class>.' })
  meter!: string;
  @Field(() => Number)
  total!: number;
  @Field(() => Number)
  freeBefore!: number;
  @Field(() => Number)
  freeAfter!: number;
}

@ObjectType('WhatIfPool')
export class WhatIfPoolNode {
  @Field(() => PoolNode)
  pool!: PoolNode;
  @Field(() => Int, { description: 'That would come to it.' })
  machines!: number;
  @Field(() => [WhatIfMeterNode])
  meters!: readonly WhatIfMeterNode[];
  @Field(() => String, {
    nullable: true,
    description: 'Of all pools the meter that would run out first, if it is one of this pool.',
  })
  runsOutFirst!: string | null;
}

@ObjectType('WhatIfHeadroom', {
  description: 'N-1: what the loss of the other active center needs here, and what is free then.',
})
export class WhatIfHeadroomNode {
  @Field(() => CenterNode)
  center!: CenterNode;
  @Field(() => ArchitectureEnum)
  architecture!: Architecture;
  @Field(() => NetworkZoneEnum)
  zone!: NetworkZone;
  @Field(() => Number)
  vcpu!: number;
  @Field(() => Number)
  memoryMib!: number;
  @Field(() => Number)
  vcpuFree!: number;
  @Field(() => Number)
  memoryMibFree!: number;
  @Field(() => Boolean)
  kept!: boolean;
}

@ObjectType('WhatIfServers', { description: 'Free servers of one class in one center.' })
export class WhatIfServersNode {
  @Field(() => CenterNode)
  center!: CenterNode;
  @Field(() => ServerOfferNode)
  offer!: ServerOfferNode;
  @Field(() => Int)
  freeBefore!: number;
  @Field(() => Int)
  freeAfter!: number;
  @Field(() => Int, { description: 'Free too, but where a maintenance window runs.' })
  away!: number;
}

@ObjectType('WhatIfAmount')
export class WhatIfAmountNode {
  @Field(() => Float)
  before!: number;
  @Field(() => Float)
  after!: number;
}

@ObjectType('WhatIfSpace', {
  description: 'What the cabinets of one center and zone have free for any department, behind two feeds.',
})
export class WhatIfSpaceNode {
  @Field(() => CenterNode)
  center!: CenterNode;
  @Field(() => NetworkZoneEnum)
  zone!: NetworkZone;
  @Field(() => WhatIfAmountNode, { description: 'That are no department’s own.' })
  cabinets!: WhatIfAmountNode;
  @Field(() => WhatIfAmountNode)
  units!: WhatIfAmountNode;
  @Field(() => WhatIfAmountNode)
  powerW!: WhatIfAmountNode;
  @Field(() => WhatIfAmountNode)
  weightKg!: WhatIfAmountNode;
}

@ObjectType('PlacementSimulation', { description: 'What placement would do with them; nothing is held.' })
export class PlacementSimulationNode {
  @Field(() => Boolean)
  feasible!: boolean;
  @Field(() => [WhatIfLineNode])
  lines!: WhatIfLineNode[];
  @Field(() => [WhatIfPoolNode], { description: 'Every pool that placement knows, by code.' })
  pools!: WhatIfPoolNode[];
  @Field(() => [WhatIfServersNode], { description: 'Of the classes that are asked for, where there are any.' })
  servers!: WhatIfServersNode[];
  @Field(() => [WhatIfSpaceNode], { description: 'Of the zones that space is asked for in.' })
  spaces!: WhatIfSpaceNode[];
  @Field(() => [WhatIfHeadroomNode])
  headroom!: WhatIfHeadroomNode[];
}
