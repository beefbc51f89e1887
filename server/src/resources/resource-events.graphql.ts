import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Bilingual } from '../kernel/bilingual.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { Node } from '../platform/graphql/relay.js';
import { OPERATING_SIDES, type OperatingSide } from './domain/operating-side.js';

const OperatingSideEnum = enumOf(OPERATING_SIDES);
registerEnumType(OperatingSideEnum, {
  name: 'OperatingSide',
  valuesMap: { PROVIDER: { description: 'The center that runs the place.' } },
});

export interface ResourceEventRow {
  readonly id: string;
  readonly resourceId: string;
  readonly at: Date;
  readonly kind: string;
  readonly text: Bilingual;
  readonly actorName: string;
  readonly side: OperatingSide | null;
  readonly organisation: string | null;
  readonly reason: string | null;
}

@ObjectType('ResourceEvent', { implements: () => [Node] })
export class ResourceEventNode extends Node {
  @Field(() => Date)
  at!: Date;
  @Field(() => String)
  kind!: string;
  @Field(() => String)
  text!: string;
  @Field(() => String)
  actorName!: string;
  @Field(() => OperatingSideEnum, {
    nullable: true,
    description: 'Which side operated it; null = nobody did: time, a cluster or an act of its life.',
  })
  side!: OperatingSide | null;
  @Field(() => String, { nullable: true, description: 'Of which organisation the person was.' })
  organisation!: string | null;
  @Field(() => String, { nullable: true })
  reason!: string | null;
}
