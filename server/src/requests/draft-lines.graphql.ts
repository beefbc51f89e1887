import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { RequestLineInput } from './request-lines.graphql.js';

@InputType()
class DraftActInput {
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => ID)
  idempotencyKey!: string;
}

@InputType()
export class AddRequestLinesInput extends DraftActInput {
  @Field(() => [RequestLineInput], { description: '1 to 100; a request has 1,000 at most.' })
  lines!: RequestLineInput[];
  @Field(() => Int, { nullable: true, description: 'Before the line at this place, from 0; null = behind the last.' })
  at?: number | null;
}

@InputType()
export class ChangeRequestLineInput extends DraftActInput {
  @Field(() => ID)
  lineId!: string;
  @Field(() => RequestLineInput)
  line!: RequestLineInput;
}

@InputType()
export class RemoveRequestLinesInput extends DraftActInput {
  @Field(() => [ID], { description: '1 to 100; one line at least stays.' })
  lineIds!: string[];
}

@InputType()
export class MoveRequestLineInput extends DraftActInput {
  @Field(() => ID)
  lineId!: string;
  @Field(() => Int, { description: 'Its place when it has been moved, from 0.' })
  to!: number;
}
