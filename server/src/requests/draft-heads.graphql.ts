import { Field, ID, InputType, Int } from '@nestjs/graphql';
import type { LocalMode, RemoteMode } from '../systems/domain/system.js';
import { LocalModeEnum, RemoteModeEnum } from '../systems/systems.types.js';

@InputType('RequestHeadInput', { description: 'What a request says beside its lines.' })
export class RequestHeadInput {
  @Field(() => ID)
  systemId!: string;
  @Field(() => ID)
  projectId!: string;
  @Field(() => String, { description: 'What for, 1-500 characters.' })
  purpose!: string;
  @Field(() => String, {
    nullable: true,
    description: 'The last day of what is asked for, YYYY-MM-DD in Shanghai; null = long-term.',
  })
  temporaryUntil?: string | null;
  @Field(() => LocalModeEnum, { nullable: true, description: 'For all its lines; null = each keeps its own.' })
  localMode?: LocalMode | null;
  @Field(() => RemoteModeEnum, { nullable: true, description: 'For all its lines; null = each keeps its own.' })
  remoteMode?: RemoteMode | null;
}

@InputType()
export class UpdateRequestHeadInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => RequestHeadInput)
  head!: RequestHeadInput;
}

@InputType()
export class RepeatRequestInput {
  @Field(() => ID, { description: 'The request that is asked for again.' })
  likeId!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => RequestHeadInput)
  head!: RequestHeadInput;
  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Lines that would be refused now are left out; else one of them refuses the whole.',
  })
  withoutRefused!: boolean;
}

@InputType('RepeatedContentInput', { description: 'What an old request asked for, under another head.' })
export class RepeatedContentInput {
  @Field(() => ID)
  likeId!: string;
  @Field(() => RequestHeadInput)
  head!: RequestHeadInput;
}
