import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import { REPLACE_TASK_STATES, type ReplaceTaskState } from './domain/replace-task.js';
import type { ReplaceTaskRow } from './replacements.types.js';

export const ReplaceTaskStateEnum = enumOf(REPLACE_TASK_STATES);
registerEnumType(ReplaceTaskStateEnum, {
  name: 'ReplaceTaskState',
  valuesMap: {
    OPEN: { description: 'A person should place it elsewhere.' },
    PLACED: { description: 'It was placed elsewhere.' },
    SCHEDULED: { description: 'Its cluster found a node after all.' },
    ENDED: { description: 'It was given back meanwhile.' },
  },
});

@ObjectType('ReplaceTask', {
  implements: () => [Node],
  description: '改放任务: a granted machine that no node of its cluster takes. Its claim is kept.',
})
export class ReplaceTaskNode extends Node {
  readonly row: ReplaceTaskRow;
  @Field(() => ReplaceTaskStateEnum)
  state: ReplaceTaskState;
  @Field(() => String, { description: 'Which nodes refused it and why, in the words of its cluster.' })
  schedulerText: string;
  @Field(() => Date, { description: 'Since when no node takes it.' })
  refusedSince: Date;
  @Field(() => Date)
  openedAt: Date;
  @Field(() => Date, { nullable: true })
  closedAt: Date | null;
  @Field(() => String, { nullable: true })
  decidedBy: string | null;
  @Field(() => String, { nullable: true })
  reason: string | null;
  @Field(() => Int)
  version: number;

  constructor(row: ReplaceTaskRow) {
    super();
    this.row = row;
    this.id = toNodeId('ReplaceTask', row.id);
    this.state = row.state;
    this.schedulerText = row.schedulerText;
    this.refusedSince = row.refusedSince;
    this.openedAt = row.openedAt;
    this.closedAt = row.closedAt;
    this.decidedBy = row.decidedBy;
    this.reason = row.reason;
    this.version = row.version;
  }
}

export const ReplaceTaskConnection = connectionOf(ReplaceTaskNode, 'ReplaceTask');

@InputType('ReplaceTaskFilter')
export class ReplaceTaskFilterInput {
  @Field(() => [ReplaceTaskStateEnum], { nullable: true })
  states?: ReplaceTaskState[] | null;
  @Field(() => ID, { nullable: true, description: 'Where no node takes it.' })
  centerId?: string | null;
  @Field(() => String, { nullable: true, description: 'In the machine’s name or code.' })
  search?: string | null;
}

@InputType('RePlaceMachineInput')
export class RePlaceMachineInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID, { description: 'One of the candidates that nothing leaves out.' })
  poolId!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => String, { description: '1-500 characters; its department reads them.' })
  reason!: string;
  @Field(() => ID)
  idempotencyKey!: string;
}

@ObjectType('ReplaceTaskPayload')
export class ReplaceTaskPayload {
  @Field(() => ReplaceTaskNode, { nullable: true })
  task!: ReplaceTaskNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
