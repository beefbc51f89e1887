import { Field, ID, InputType, Int } from '@nestjs/graphql';

@InputType('PlanCenterOpeningInput')
export class PlanCenterOpeningInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => String, { nullable: true, description: 'YYYY-MM-DD; null = nobody can say any more.' })
  opensOn!: string | null;
  @Field(() => String)
  reason!: string;
}
