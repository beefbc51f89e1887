import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { CenterNode } from '../facilities/facilities.types.js';
import type { ShownLevel } from './domain/dr-signal.js';
import { SignalLevelEnum } from './resilience.graphql.js';

@ObjectType('DataCopy', {
  description: '资源数据副本: what is carried of a machine’s disk to another center, and how old it is.',
})
export class DataCopyNode {
  @Field(() => String, { description: 'ReplicationSource or VolumeReplication.' })
  kind!: string;
  @Field(() => String, { description: 'As its cluster calls it.' })
  object!: string;
  @Field(() => ID)
  machineId!: string;
  @Field(() => String)
  machineName!: string;
  @Field(() => ID)
  systemId!: string;
  @Field(() => String)
  systemName!: string;
  @Field(() => CenterNode)
  center!: CenterNode;
  @Field(() => CenterNode, {
    nullable: true,
    description: 'Where its object does not say, as such objects usually go.',
  })
  towards!: CenterNode | null;
  @Field(() => SignalLevelEnum, { description: 'UNKNOWN when its cluster was not read within the last minute.' })
  level!: ShownLevel;
  @Field(() => Date, { nullable: true, description: 'null = it never arrived.' })
  lastSyncAt!: Date | null;
  @Field(() => Int, { nullable: true, description: 'By now; null = it never arrived, or nobody knows.' })
  ageSeconds!: number | null;
  @Field(() => Int, { nullable: true, description: 'null = by no schedule.' })
  intervalSeconds!: number | null;
  @Field(() => Int, { nullable: true, description: 'What its system was promised.' })
  rpoSeconds!: number | null;
  @Field(() => String, { nullable: true, description: 'In the words of its operator.' })
  problem!: string | null;
  @Field(() => Date, { nullable: true, description: 'When its cluster was last read; null = never.' })
  readAt!: Date | null;
}

@ObjectType('DataCopyCount')
export class DataCopyCountNode {
  @Field(() => SignalLevelEnum)
  level!: ShownLevel;
  @Field(() => Int)
  copies!: number;
}

@ObjectType('DataCopyList')
export class DataCopyListNode {
  @Field(() => [DataCopyNode], { description: 'The worst first, of equals the oldest; 200 at most.' })
  copies!: DataCopyNode[];
  @Field(() => Int)
  total!: number;
  @Field(() => [DataCopyCountNode], { description: 'Whatever levels are asked for.' })
  counts!: DataCopyCountNode[];
}

@InputType('DataCopyFilter')
export class DataCopyFilterInput {
  @Field(() => [SignalLevelEnum], { nullable: true })
  levels?: ShownLevel[] | null;
  @Field(() => ID, { nullable: true })
  systemId?: string | null;
  @Field(() => String, { nullable: true, description: 'In the name of the machine.' })
  search?: string | null;
}
