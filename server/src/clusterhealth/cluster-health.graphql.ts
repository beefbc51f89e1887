import { Field, Int, ObjectType } from '@nestjs/graphql';
import { CenterNode, ClusterNode } from '../facilities/facilities.types.js';

@ObjectType('ClusterWatch', { description: 'The watch of one kind of objects.' })
export class ClusterWatchNode {
  @Field(() => String)
  kind!: string;
  @Field(() => Boolean, { description: 'A complete list has been seen; before that, absence says nothing.' })
  complete!: boolean;
  @Field(() => Int)
  objects!: number;
  @Field(() => Date, { nullable: true, description: 'When the cluster last said anything of it; null = never.' })
  heardAt!: Date | null;
}

@ObjectType('ClusterFailureCount')
export class ClusterFailureCountNode {
  @Field(() => String)
  failureClass!: string;
  @Field(() => Int)
  count!: number;
}

@ObjectType('ClusterWork', { description: 'How the looks of one queue go.' })
export class ClusterWorkNode {
  @Field(() => Int)
  waiting!: number;
  @Field(() => Int, { description: 'Put off, because they failed or wait for something.' })
  delayed!: number;
  @Field(() => Int)
  active!: number;
  @Field(() => Int, { description: 'Of all, those whose last look failed.' })
  failing!: number;
  @Field(() => Int, { nullable: true, description: 'How long the first in the line has waited.' })
  oldestMs!: number | null;
  @Field(() => Int, { description: 'Looks since the term began.' })
  reconciles!: number;
  @Field(() => Int, { nullable: true, description: 'Mean time of a look; null = there was none.' })
  reconcileMs!: number | null;
  @Field(() => [ClusterFailureCountNode], { description: 'Since the term began, by class.' })
  failures!: ClusterFailureCountNode[];
}

@ObjectType('ClusterVitals', {
  description: 'As the worker said that drives the center; its own work is that of machines.',
})
export class ClusterVitalsNode extends ClusterWorkNode {
  @Field(() => String, { description: 'The process that holds the lease.' })
  holder!: string;
  @Field(() => Int)
  epoch!: number;
  @Field(() => String, { nullable: true, description: 'Of the API server.' })
  version!: string | null;
  @Field(() => Int, { nullable: true })
  latencyMs!: number | null;
  @Field(() => Boolean, { description: 'Calls are held back from a cluster that does not answer.' })
  breakerOpen!: boolean;
  @Field(() => Int, { nullable: true, description: 'Calls that may go out at once; below 0 so many wait.' })
  tokens!: number | null;
  @Field(() => [ClusterWatchNode])
  watches!: ClusterWatchNode[];
  @Field(() => ClusterWorkNode, { nullable: true, description: 'Of servers; null = it drives none.' })
  servers!: ClusterWorkNode | null;
}

@ObjectType('ClusterHealth')
export class ClusterHealthNode {
  @Field(() => CenterNode)
  center!: CenterNode;
  @Field(() => ClusterNode)
  cluster!: ClusterNode;
  @Field(() => Boolean, { description: 'A worker drives it and has reported within three quarters of a minute.' })
  driven!: boolean;
  @Field(() => Date, { nullable: true })
  reportedAt!: Date | null;
  @Field(() => ClusterVitalsNode, { nullable: true, description: 'null = no worker has ever driven it.' })
  vitals!: ClusterVitalsNode | null;
  @Field(() => Int)
  driftsOpen!: number;
  @Field(() => Int, { description: '隔离清单: objects without a record that nobody has looked at.' })
  quarantineNew!: number;
  @Field(() => Int, { description: 'Machines of the cluster that stand in no record.' })
  unrecorded!: number;
}
