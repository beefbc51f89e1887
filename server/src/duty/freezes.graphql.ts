import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { CenterNode } from '../facilities/facilities.types.js';
import { RELEASE_SUBJECTS, type ReleaseSubject } from '../freezes/domain/freeze.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { UserError } from '../platform/graphql/user-error.js';

export const ReleaseSubjectEnum = enumOf(RELEASE_SUBJECTS);
registerEnumType(ReleaseSubjectEnum, { name: 'FreezeReleaseSubject' });

@ObjectType('ChangeFreezeRelease', { description: '放行: what a leader let through.' })
export class FreezeReleaseNode {
  @Field(() => ReleaseSubjectEnum)
  subjectType!: ReleaseSubject;
  @Field(() => String)
  subjectName!: string;
  @Field(() => String)
  reason!: string;
  @Field(() => Date)
  until!: Date;
  @Field(() => String)
  givenBy!: string;
  @Field(() => Date)
  givenAt!: Date;
}

@ObjectType('ChangeFreeze', { description: '封网 (重保): when nothing is changed but what a leader lets through.' })
export class ChangeFreezeNode {
  @Field(() => ID)
  id!: string;
  @Field(() => String)
  code!: string;
  @Field(() => String)
  title!: string;
  @Field(() => String)
  reason!: string;
  @Field(() => Date)
  from!: Date;
  @Field(() => Date)
  to!: Date;
  @Field(() => Date, { nullable: true, description: 'Ended sooner than it was set.' })
  endedAt!: Date | null;
  @Field(() => Boolean, { description: 'It forbids now.' })
  running!: boolean;
  @Field(() => [CenterNode], { description: 'None = all of the province.' })
  centers!: CenterNode[];
  @Field(() => [FreezeReleaseNode], { description: 'The newest first; told to those who see the duty desk.' })
  releases!: FreezeReleaseNode[];
  @Field(() => String)
  madeBy!: string;
  @Field(() => Int)
  version!: number;
}

@InputType()
export class SetChangeFreezeInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => String)
  title!: string;
  @Field(() => String)
  reason!: string;
  @Field(() => Date)
  from!: Date;
  @Field(() => Date)
  to!: Date;
  @Field(() => [ID], { defaultValue: [], description: 'None = all of the province.' })
  centerIds!: string[];
}

@InputType()
export class EndChangeFreezeInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  expectedVersion!: number;
}

@InputType()
export class ReleaseFromFreezeInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  id!: string;
  @Field(() => ReleaseSubjectEnum)
  subjectType!: ReleaseSubject;
  @Field(() => String, {
    description: 'Code of the system, request, change or drill; asset number of the server; id of the resource.',
  })
  subject!: string;
  @Field(() => String)
  reason!: string;
  @Field(() => Date, { description: '24 hours from now at most.' })
  until!: Date;
}

@ObjectType()
export class ChangeFreezePayload {
  @Field(() => ChangeFreezeNode, { nullable: true })
  freeze!: ChangeFreezeNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
