import { Field, Int, ObjectType } from '@nestjs/graphql';

@ObjectType('ResourceCondition')
export class ResourceConditionNode {
  @Field(() => String)
  type!: string;
  @Field(() => String)
  status!: string;
  @Field(() => String, { nullable: true })
  reason!: string | null;
  @Field(() => String, { nullable: true })
  message!: string | null;
  @Field(() => Date, { nullable: true })
  since!: Date | null;
}

@ObjectType('ResourceAccelerator')
export class ResourceAcceleratorNode {
  @Field(() => String, { description: 'Class, as pools name it.' })
  name!: string;
  @Field(() => Int)
  count!: number;
}
