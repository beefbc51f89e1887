import { Field, Int, ObjectType } from '@nestjs/graphql';
import { toNodeId } from '../kernel/node-id.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { NumberingEnum } from './cabinets.types.js';
import type { RackType } from './domain/rack-type.js';
import type { Numbering } from './domain/units.js';

@ObjectType('RackType', {
  implements: () => [Node],
  description: '机柜型号: a frame as its maker describes it. Null = the maker does not say.',
})
export class RackTypeNode extends Node {
  @Field(() => String)
  manufacturer: string;
  @Field(() => String)
  model: string;
  @Field(() => String)
  slug: string;
  @Field(() => Int)
  heightUnits: number;
  @Field(() => Int)
  startingUnit: number;
  @Field(() => NumberingEnum)
  numbering: Numbering;
  @Field(() => Int, { nullable: true })
  widthMm: number | null;
  @Field(() => Int, { nullable: true })
  depthMm: number | null;
  @Field(() => Int, { nullable: true })
  ownWeightGrams: number | null;
  @Field(() => Int, { nullable: true })
  weightLimitGrams: number | null;

  constructor(type: RackType) {
    super();
    this.id = toNodeId('RackType', type.id);
    this.manufacturer = type.manufacturer;
    this.model = type.model;
    this.slug = type.slug;
    this.heightUnits = type.heightUnits;
    this.startingUnit = type.startingUnit;
    this.numbering = type.numbering;
    this.widthMm = type.widthMm;
    this.depthMm = type.depthMm;
    this.ownWeightGrams = type.ownWeightGrams;
    this.weightLimitGrams = type.weightLimitGrams;
  }
}
export const RackTypeConnection = connectionOf(RackTypeNode, 'RackType');
