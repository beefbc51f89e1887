import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { PlacementCheckNode, PlacementShareNode, StorageTierEnum } from '../allocation/allocation.types.js';
import type { StorageTier } from '../allocation/domain/capacity.js';
import type { Architecture, NetworkZone } from '../facilities/domain/facility.js';
import { ArchitectureEnum, CenterNode, NetworkZoneEnum, PoolNode } from '../facilities/facilities.types.js';
import type { LocalMode } from '../systems/domain/system.js';
import { LocalModeEnum } from '../systems/systems.types.js';

@InputType('WhatIfLineInput', { description: 'Machines of one size that might be asked for.' })
export class WhatIfLineInput {
  @Field(() => Int)
  count!: number;
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
  @Field(() => ID, { nullable: true, description: 'Null = whichever center fits best.' })
  centerId!: string | null;
  @Field(() => LocalModeEnum, { description: 'DUAL_ACTIVE: the same in A and in B.' })
  localMode!: LocalMode;
  @Field(() => Int, { defaultValue: 2, description: '等保 level of the systems that they are for, 1 to 3.' })
  protectionLevel!: number;
  @Field(() => Boolean, { defaultValue: false, description: '信创: on domestic processors only.' })
  domesticCpu!: boolean;
}

@InputType('SimulatePlacementInput')
export class SimulatePlacementInput {
  @Field(() => [WhatIfLineInput], { description: 'At most 200, 10,000 machines together.' })
  lines!: WhatIfLineInput[];
}

@ObjectType('WhatIfLine')
export class WhatIfLineNode {
  @Field(() => Int)
  index!: number;
  @Field(() => Int)
  asked!: number;
  @Field(() => Int, { description: 'Of a dual-active line: in each of both centers.' })
  placed!: number;
  @Field(() => [PlacementShareNode])
  placements!: PlacementShareNode[];
  @Field(() => [PlacementCheckNode], { description: 'Where not all of it fits, of the center that refuses.' })
  checks!: PlacementCheckNode[];
}

@ObjectType('WhatIfMeter')
export class WhatIfMeterNode {
  @Field(() => String, { description: 'VCPU, MEMORY_MIB, STORAGE_GIB_SSD or STORAGE_GIB_HDD.' })
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

@ObjectType('PlacementSimulation', { description: 'What placement would do with them; nothing is held.' })
export class PlacementSimulationNode {
  @Field(() => Boolean)
  feasible!: boolean;
  @Field(() => [WhatIfLineNode])
  lines!: WhatIfLineNode[];
  @Field(() => [WhatIfPoolNode], { description: 'Every pool that placement knows, by code.' })
  pools!: WhatIfPoolNode[];
  @Field(() => [WhatIfHeadroomNode])
  headroom!: WhatIfHeadroomNode[];
}
