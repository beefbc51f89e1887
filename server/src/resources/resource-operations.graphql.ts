import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Bilingual } from '../kernel/bilingual.js';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { Node } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import { POWER_ACTIONS, type PowerAction } from './domain/power-actions.js';
import { SNAPSHOT_STATES, type SnapshotState } from './domain/snapshots.js';
import { ResourceActInput, ResourceBatchItem } from './resource-life.graphql.js';
import type { SnapshotRow } from './resource-snapshots.repository.js';

export const PowerActionEnum = enumOf(POWER_ACTIONS);
registerEnumType(PowerActionEnum, { name: 'PowerAction' });
const SnapshotStateEnum = enumOf(SNAPSHOT_STATES);
registerEnumType(SnapshotStateEnum, { name: 'SnapshotState' });

@ObjectType('ResourceSnapshot', {
  implements: () => [Node],
  description: 'A machine’s disks as they were at a moment.',
})
export class ResourceSnapshotNode extends Node {
  @Field(() => String)
  name!: string;
  @Field(() => SnapshotStateEnum)
  state!: SnapshotState;
  @Field(() => Int)
  diskGib!: number;
  @Field(() => [String], { description: 'How it was taken, in KubeVirt’s words: Online, GuestAgent, NoGuestAgent …' })
  indications!: readonly string[];
  @Field(() => String, {
    nullable: true,
    description: 'Why it failed, or what hinders it now, in the cluster’s words.',
  })
  trouble!: string | null;
  @Field(() => Date)
  createdAt!: Date;
  @Field(() => String)
  createdBy!: string;
  @Field(() => Date, { nullable: true })
  readyAt!: Date | null;
  @Field(() => Boolean, { description: 'The disks are being brought back to it.' })
  restoring!: boolean;
  @Field(() => String, { nullable: true, description: 'Why it cannot be restored now; null = it can.' })
  restoreDisabledReason!: string | null;
  @Field(() => String, { nullable: true, description: 'Why its restore cannot be given up now; null = it can.' })
  giveUpDisabledReason!: string | null;
  @Field(() => String, { nullable: true, description: 'Why it cannot be deleted now; null = it can.' })
  deleteDisabledReason!: string | null;
}

export function snapshotNode(
  row: SnapshotRow,
  more: { restoring: boolean; restore: Bilingual | null; giveUp: Bilingual | null; delete: Bilingual | null },
  words: (text: Bilingual) => string,
): ResourceSnapshotNode {
  return Object.assign(new ResourceSnapshotNode(), {
    id: toNodeId('ResourceSnapshot', row.id),
    name: row.name,
    state: row.state,
    diskGib: row.diskGib,
    indications: row.indications ?? [],
    trouble: row.trouble,
    createdAt: row.createdAt,
    createdBy: row.createdBy,
    readyAt: row.readyAt,
    restoring: more.restoring,
    restoreDisabledReason: more.restore && words(more.restore),
    giveUpDisabledReason: more.giveUp && words(more.giveUp),
    deleteDisabledReason: more.delete && words(more.delete),
  });
}

@ObjectType('ResourceSnapshots')
export class ResourceSnapshotsNode {
  @Field(() => [ResourceSnapshotNode], { description: 'The newest first.' })
  nodes!: ResourceSnapshotNode[];
  @Field(() => Int, { description: 'How many of a machine are kept at most.' })
  most!: number;
  @Field(() => Boolean, { description: 'Whether the viewer operates this machine at all.' })
  mayOperate!: boolean;
  @Field(() => Boolean, { description: 'Stopping the machine is what is left to do before one can be restored.' })
  stopFirst!: boolean;
  @Field(() => String, { nullable: true, description: 'Why none can be taken now; null = one can.' })
  takeDisabledReason!: string | null;
}

@ObjectType('ConsoleAccess', { description: 'What somebody types to get to a machine’s console.' })
export class ConsoleAccessNode {
  @Field(() => String)
  vncCommand!: string;
  @Field(() => String)
  serialCommand!: string;
  @Field(() => String, { description: 'WebSocket path at the cluster’s API server.' })
  vncPath!: string;
  @Field(() => String)
  serialPath!: string;
}

@ObjectType('ConsoleAccessPayload')
export class ConsoleAccessPayload {
  @Field(() => ConsoleAccessNode, { nullable: true })
  access!: ConsoleAccessNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

const REASON = { description: 'Asked of the center’s people; the department reads it in its own log.' };

@InputType('OperateResourceInput')
export class OperateResourceInput extends ResourceActInput {
  @Field(() => PowerActionEnum)
  action!: PowerAction;
  @Field(() => String, REASON)
  reason!: string;
}

@InputType('OperateResourcesInput', { description: 'Each stands alone; up to 50.' })
export class OperateResourcesInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => PowerActionEnum)
  action!: PowerAction;
  @Field(() => String, REASON)
  reason!: string;
  @Field(() => [ResourceBatchItem])
  items!: ResourceBatchItem[];
}

@InputType('ShowConsoleInput')
export class ShowConsoleInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => String, REASON)
  reason!: string;
}

@InputType('TakeSnapshotInput')
export class TakeSnapshotInput extends ShowConsoleInput {
  @Field(() => String)
  name!: string;
}

@InputType('DeleteSnapshotInput')
export class DeleteSnapshotInput {
  @Field(() => ID, { description: 'Of the snapshot.' })
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => String, REASON)
  reason!: string;
}

@InputType('GiveUpRestoreInput')
export class GiveUpRestoreInput extends DeleteSnapshotInput {}

@InputType('RestoreSnapshotInput')
export class RestoreSnapshotInput extends DeleteSnapshotInput {
  @Field(() => Int, { description: 'Of the machine.' })
  expectedVersion!: number;
}
