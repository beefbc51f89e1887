import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { StorageTierEnum } from '../allocation/allocation.types.js';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import { KEPT_DISK_ENDS, KEPT_DISK_STATES, type KeptDiskEnd, type KeptDiskState } from './domain/kept-disks.js';
import type { KeptDiskRow } from './kept-disks.repository.js';
import { ResourceActInput } from './resource-life.graphql.js';
import { ResourceNode } from './resources.types.js';

export const KeptDiskStateEnum = enumOf(KEPT_DISK_STATES);
registerEnumType(KeptDiskStateEnum, {
  name: 'KeptDiskState',
  valuesMap: {
    KEPT: { description: 'No machine has it; it ends on its day.' },
    ATTACHED: { description: 'A machine has it, and it lives as long as that.' },
    ENDING: { description: 'It is being deleted; its storage is still claimed.' },
    GONE: { description: 'The cluster has it no longer, and its storage went back.' },
  },
});
const KeptDiskEndEnum = enumOf(KEPT_DISK_ENDS);
registerEnumType(KeptDiskEndEnum, { name: 'KeptDiskEnd', description: 'Why it came to its end.' });

/** resource, attachedTo, department and the like are resolved from the row. */
@ObjectType('KeptDisk', {
  implements: () => [Node],
  description:
    '保留的磁盘: the disk of a machine that is gone. Its storage stays claimed in pool and quota until it ends.',
})
export class KeptDiskNode extends Node {
  row: KeptDiskRow;
  @Field(() => Int)
  diskGib: number;
  @Field(() => StorageTierEnum)
  storageTier: 'SSD' | 'HDD';
  @Field(() => KeptDiskStateEnum)
  state: KeptDiskState;
  @Field(() => Date)
  keptAt: Date;
  @Field(() => Date, {
    nullable: true,
    description: 'When it is deleted by itself; null = a machine has it, or it ends.',
  })
  until: Date | null;
  @Field(() => String, { nullable: true, description: 'What is wrong with it in the cluster.' })
  trouble: string | null;
  @Field(() => KeptDiskEndEnum, { nullable: true })
  endCause: KeptDiskEnd | null;
  @Field(() => Date, { nullable: true })
  endedAt: Date | null;
  @Field(() => Int)
  version: number;

  constructor(row: KeptDiskRow) {
    super();
    this.row = row;
    this.id = toNodeId('KeptDisk', row.id);
    this.diskGib = row.diskGib;
    this.storageTier = row.storageTier;
    this.state = row.state;
    this.keptAt = row.keptAt;
    this.until = row.untilAt;
    this.trouble = row.trouble;
    this.endCause = row.endCause;
    this.endedAt = row.endedAt;
    this.version = row.version;
  }
}

export const KeptDiskConnection = connectionOf(KeptDiskNode, 'KeptDisk');

@ObjectType('KeptDiskTarget', { description: 'A machine that could have the disk, or why it cannot have it now.' })
export class KeptDiskTarget {
  @Field(() => ResourceNode)
  resource!: ResourceNode;
  @Field(() => String, { nullable: true, description: 'null = it can.' })
  disabledReason!: string | null;
}

@ObjectType('KeptDiskPayload')
export class KeptDiskPayload {
  @Field(() => KeptDiskNode, { nullable: true })
  disk!: KeptDiskNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

@InputType('AttachKeptDiskInput')
export class AttachKeptDiskInput extends ResourceActInput {
  @Field(() => ID, { description: 'The machine that gets it; it must stand still.' })
  resourceId!: string;
}

@InputType('DetachKeptDiskInput')
export class DetachKeptDiskInput extends ResourceActInput {
  @Field(() => Int, { description: 'Days that it is kept from now on.' })
  days!: number;
}

@InputType('GiveUpKeptDiskInput')
export class GiveUpKeptDiskInput extends ResourceActInput {
  @Field(() => String, { description: 'Name of the machine that it was the disk of, typed again.' })
  confirmName!: string;
}
