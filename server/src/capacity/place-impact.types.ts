import { Field, Float, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { CabinetNode } from '../cabinets/cabinets.types.js';
import { DepartmentNode } from '../departments/departments.types.js';
import type { Feed, MaintenanceExtent } from '../facilities/domain/maintenance.js';
import { FeedEnum, MaintenanceExtentEnum, MaintenanceWindowNode } from '../facilities/facilities.graphql.js';
import { PoolNode } from '../facilities/facilities.types.js';
import { SystemNode } from '../systems/systems.types.js';

@InputType('PlaceImpactInput')
export class PlaceImpactInput {
  @Field(() => MaintenanceExtentEnum, { description: 'ROOM, CABINET_ROW or CABINET.' })
  extent!: MaintenanceExtent;
  @Field(() => ID)
  placeId!: string;
  @Field(() => FeedEnum, { nullable: true, description: 'Only this feed of it.' })
  feed!: Feed | null;
  @Field(() => Date)
  fromAt!: Date;
  @Field(() => Date)
  toAt!: Date;
  @Field(() => ID, { nullable: true, description: 'The window itself, when it is planned already.' })
  windowId!: string | null;
}

@ObjectType('DepartmentImpact', { description: 'What of one department goes dark.' })
export class DepartmentImpactNode {
  @Field(() => DepartmentNode)
  department!: DepartmentNode;
  @Field(() => Int)
  things!: number;
  @Field(() => Float)
  units!: number;
  @Field(() => Int, { description: 'By nameplate.' })
  powerW!: number;
}

@ObjectType('PoolHostsImpact', { description: 'Hosts of a pool that go dark: the pool needs a window of its own.' })
export class PoolHostsImpactNode {
  @Field(() => PoolNode)
  pool!: PoolNode;
  @Field(() => Int)
  hosts!: number;
}

@ObjectType('PlaceImpact', { description: 'What a window on a room, row or cabinet would break, before it starts.' })
export class PlaceImpactNode {
  @Field(() => Int, { description: 'Cabinets that it is about.' })
  cabinets!: number;
  @Field(() => [CabinetNode], { description: 'Taken away, or without any feed.' })
  dark!: readonly CabinetNode[];
  @Field(() => [CabinetNode], { description: 'They go on behind one feed, without another to fall back on.' })
  atRisk!: readonly CabinetNode[];
  @Field(() => [DepartmentImpactNode], { description: 'Whose things go dark, the most things first.' })
  departments!: readonly DepartmentImpactNode[];
  @Field(() => [SystemNode], { description: 'That have a server there.' })
  systems!: readonly SystemNode[];
  @Field(() => [SystemNode], { description: 'Of these the ones that run on both sides of the pair.' })
  dualActive!: readonly SystemNode[];
  @Field(() => [PoolHostsImpactNode])
  pools!: readonly PoolHostsImpactNode[];
  @Field(() => Int, { description: 'Things of nobody’s that go dark: switches, free servers, hosts of pools.' })
  own!: number;
  @Field(() => [MaintenanceWindowNode], { description: 'Other windows of the same cabinets at the same time.' })
  overlapping!: readonly MaintenanceWindowNode[];
}
