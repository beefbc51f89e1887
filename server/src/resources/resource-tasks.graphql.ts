import { Field, Float, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { TASK_KINDS, TASK_STATES, type TaskKind, type TaskState } from './domain/task.js';
import type { ResourceTaskRow } from './resource-tasks.service.js';

const TaskKindEnum = enumOf(TASK_KINDS);
registerEnumType(TaskKindEnum, { name: 'TaskKind', description: 'What a task does to its machine.' });
export const TaskStateEnum = enumOf(TASK_STATES);
registerEnumType(TaskStateEnum, {
  name: 'TaskState',
  valuesMap: {
    QUEUED: { description: 'Nobody has looked at the wish yet.' },
    RUNNING: { description: 'It is being carried out.' },
    WAITING: { description: 'A call failed; it is tried again by itself.' },
    FAILED: { description: 'Refused for good, or fails again and again: a person must look.' },
    DONE: { description: 'The cluster shows what was wished.' },
    SUPERSEDED: { description: 'A newer wish took its place.' },
  },
});

@ObjectType('ResourceTask', {
  implements: () => [Node],
  description: 'One wish of a machine, and how its carrying out goes.',
})
export class ResourceTaskNode extends Node {
  /** The row behind the node, for field resolvers; not part of the API. */
  row: ResourceTaskRow;
  @Field(() => TaskKindEnum)
  kind: TaskKind;
  @Field(() => TaskStateEnum)
  state: TaskState;
  @Field(() => Int, { nullable: true, description: 'Of making it, 0 to 100, while it is known.' })
  progressPercent: number | null;
  @Field(() => String, { nullable: true, description: 'Of the last call that failed, as the worker classes it.' })
  failureClass: string | null;
  @Field(() => String, { nullable: true, description: 'As the cluster said it.' })
  failureMessage: string | null;
  @Field(() => Int, { description: 'Failures in a row.' })
  failures: number;
  @Field(() => Date, { nullable: true, description: 'When it is tried again.' })
  retryAt: Date | null;
  @Field(() => Date)
  queuedAt: Date;
  @Field(() => Date, { nullable: true })
  begunAt: Date | null;
  @Field(() => Date)
  changedAt: Date;
  @Field(() => Date, { nullable: true })
  endedAt: Date | null;
  @Field(() => Float, { nullable: true, description: 'Seconds from begin to end.' })
  seconds: number | null;

  constructor(row: ResourceTaskRow) {
    super();
    this.row = row;
    this.id = toNodeId('ResourceTask', row.id);
    this.kind = row.kind;
    this.state = row.state;
    this.progressPercent = row.progressPercent;
    this.failureClass = row.failureClass;
    this.failureMessage = row.failureMessage;
    this.failures = row.failures;
    this.retryAt = row.retryAt;
    this.queuedAt = row.queuedAt;
    this.begunAt = row.begunAt;
    this.changedAt = row.changedAt;
    this.endedAt = row.endedAt;
    this.seconds =
      row.endedAt === null || row.begunAt === null ? null : (row.endedAt.getTime() - row.begunAt.getTime()) / 1_000;
  }
}

export const ResourceTaskConnection = connectionOf(ResourceTaskNode, 'ResourceTask');
