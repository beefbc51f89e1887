import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import type { BackupRow, BackupRunRow } from './backups.types.js';
import {
  BACKUP_ACTIONS,
  BACKUP_OBJECTS,
  BACKUP_RESULTS,
  BACKUP_STATES,
  type BackupObject,
  type BackupResult,
  type BackupState,
} from './domain/backup.js';
import {
  BACKUP_CYCLES,
  BACKUP_HEALTHS,
  type BackupCycle,
  type BackupHealth,
  copiesUntil,
  healthOf,
} from './domain/backup-schedule.js';
import { RESTORE_PURPOSES, type RestorePurpose } from './domain/restore.js';

export const BackupStateEnum = enumOf(BACKUP_STATES);
registerEnumType(BackupStateEnum, { name: 'BackupState' });
export const BackupActionEnum = enumOf(BACKUP_ACTIONS);
registerEnumType(BackupActionEnum, { name: 'BackupAction' });
const BackupObjectEnum = enumOf(BACKUP_OBJECTS);
registerEnumType(BackupObjectEnum, { name: 'BackupObject' });
const BackupCycleEnum = enumOf(BACKUP_CYCLES);
registerEnumType(BackupCycleEnum, { name: 'BackupCycle' });
const BackupResultEnum = enumOf(BACKUP_RESULTS);
registerEnumType(BackupResultEnum, { name: 'BackupResult' });
const BackupHealthEnum = enumOf(BACKUP_HEALTHS);
registerEnumType(BackupHealthEnum, {
  name: 'BackupHealth',
  description: 'MISSED 漏备: a good copy is owed and not there. WAITING: none was made yet, and none is owed.',
});
const BackupSourceEnum = enumOf(['ENTERED', 'SIGNAL'] as const);
registerEnumType(BackupSourceEnum, { name: 'BackupRunSource' });
const RestorePurposeEnum = enumOf(RESTORE_PURPOSES);
registerEnumType(RestorePurposeEnum, { name: 'RestorePurpose' });

@ObjectType('BackupRun', { description: 'One copy that was made, or was not.' })
export class BackupRunNode {
  @Field(() => Date)
  endedAt: Date;
  @Field(() => BackupResultEnum)
  result: BackupResult;
  @Field(() => Int, { nullable: true })
  sizeMib: number | null;
  @Field(() => String, { nullable: true })
  note: string | null;
  @Field(() => BackupSourceEnum, { description: 'SIGNAL: the backup platform told it. ENTERED: a person did.' })
  source: BackupRunRow['source'];
  @Field(() => String)
  toldBy: string;

  constructor({ endedAt, result, sizeMib, note, source, toldBy }: BackupRunRow) {
    this.endedAt = endedAt;
    this.result = result;
    this.sizeMib = sizeMib;
    this.note = note;
    this.source = source;
    this.toldBy = toldBy;
  }
}

/** No Resource: whoever sets a backup up hears which machines it copies, and no more of them. */
@ObjectType('BackupMachine')
export class BackupMachineNode {
  @Field(() => ID, { description: 'Of the Resource.' })
  id!: string;
  @Field(() => String)
  code!: string;
  @Field(() => String)
  name!: string;
  @Field(() => Boolean)
  released!: boolean;
}

@ObjectType('Backup', {
  implements: () => [Node],
  description:
    '备份: what of a system is copied, how often, for how long, where to, and how the last copy and restore went.',
})
export class BackupNode extends Node {
  readonly row: BackupRow;
  @Field(() => String)
  code: string;
  @Field(() => String)
  name: string;
  @Field(() => BackupStateEnum)
  state: BackupState;
  @Field(() => Date)
  stateSince: Date;
  @Field(() => Int)
  version: number;
  @Field(() => BackupHealthEnum, { nullable: true, description: 'null = it is not in force.' })
  health: BackupHealth | null;
  @Field(() => BackupObjectEnum)
  object: BackupObject;
  @Field(() => String, { description: 'Names of databases, or paths.' })
  contents: string;
  @Field(() => BackupCycleEnum)
  cycle: BackupCycle;
  @Field(() => Int, { nullable: true, description: '1 = Monday … 7 = Sunday.' })
  weekday: number | null;
  @Field(() => Int, { description: 'After midnight in Asia/Shanghai.' })
  startMinute: number;
  @Field(() => Int)
  keepDays: number;
  @Field(() => Int)
  keepCopies: number;
  @Field(() => Boolean, { description: '异地副本: kept in another center than the machines.' })
  remote: boolean;
  @Field(() => Boolean)
  encrypted: boolean;
  @Field(() => String, { nullable: true, description: '密评: algorithm and keys, or why not. null = not set up yet.' })
  encryptionNote: string | null;
  @Field(() => Int)
  restoreTestMonths: number;
  @Field(() => String, { nullable: true })
  lastRestoreTestOn: string | null;
  @Field(() => String, { nullable: true })
  nextRestoreTestOn: string | null;
  @Field(() => BackupResultEnum, { nullable: true })
  lastResult: BackupResult | null;
  @Field(() => Date, { nullable: true })
  lastEndedAt: Date | null;
  @Field(() => Date, { nullable: true })
  lastGoodAt: Date | null;
  @Field(() => Int, { nullable: true })
  lastSizeMib: number | null;
  @Field(() => Date, { nullable: true, description: 'By when the next good copy is owed.' })
  deadlineAt: Date | null;
  @Field(() => Date, { nullable: true, description: '漏备: the first start that no good copy followed.' })
  missedSince: Date | null;
  @Field(() => String, {
    nullable: true,
    description: 'Of an ended one: the last day on which copies can be restored.',
  })
  copiesUntil: string | null;
  @Field(() => Date, { nullable: true })
  endedAt: Date | null;
  @Field(() => String, { nullable: true, description: 'Why it was paused or ended.' })
  reason: string | null;
  @Field(() => ID, { nullable: true, description: 'Of the Request whose line asked for it.' })
  requestId: string | null;
  @Field(() => String, { nullable: true })
  requestCode: string | null;
  @Field(() => Date)
  createdAt: Date;

  constructor(row: BackupRow) {
    super();
    this.row = row;
    this.id = toNodeId('Backup', row.id);
    this.code = row.code;
    this.name = row.name;
    this.state = row.state;
    this.stateSince = row.stateSince;
    this.version = row.version;
    this.health = row.state === 'ACTIVE' ? healthOf(row) : null;
    this.object = row.object;
    this.contents = row.contents;
    this.cycle = row.cycle;
    this.weekday = row.weekday;
    this.startMinute = row.startMinute;
    this.keepDays = row.keepDays;
    this.keepCopies = row.keepCopies;
    this.remote = row.remote;
    this.encrypted = row.encrypted;
    this.encryptionNote = row.encryptionNote;
    this.restoreTestMonths = row.restoreTestMonths;
    this.lastRestoreTestOn = row.lastRestoreTestOn;
    this.nextRestoreTestOn = row.nextRestoreTestOn;
    this.lastResult = row.lastResult;
    this.lastEndedAt = row.lastEndedAt;
    this.lastGoodAt = row.lastGoodAt;
    this.lastSizeMib = row.lastSizeMib;
    this.deadlineAt = row.deadlineAt;
    this.missedSince = row.missedSince;
    this.copiesUntil = row.endedAt && copiesUntil(row.endedAt, row.keepDays);
    this.endedAt = row.endedAt;
    this.reason = row.reason;
    this.requestId = row.requestId && toNodeId('Request', row.requestId);
    this.requestCode = row.requestCode;
    this.createdAt = row.createdAt;
  }
}
export const BackupConnection = connectionOf(BackupNode, 'Backup');

@InputType()
export class BackupFilterInput {
  @Field(() => [BackupStateEnum], { nullable: true })
  states?: BackupState[] | null;
  @Field(() => [BackupObjectEnum], { nullable: true })
  objects?: BackupObject[] | null;
  @Field(() => BackupHealthEnum, { nullable: true, description: 'Of those in force.' })
  health?: BackupHealth | null;
  @Field(() => Boolean, { nullable: true, description: 'In force, and its restore test is overdue.' })
  restoreTestOverdue?: boolean | null;
  @Field(() => ID, { nullable: true })
  departmentId?: string | null;
  @Field(() => ID, { nullable: true })
  systemId?: string | null;
  @Field(() => ID, { nullable: true, description: 'That copy this resource.' })
  resourceId?: string | null;
  @Field(() => String, { nullable: true })
  search?: string | null;
}

@InputType()
export class SetUpBackupInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => [ID], { description: 'Resources of the system.' })
  resourceIds!: string[];
  @Field(() => String, { defaultValue: '' })
  contents!: string;
  @Field(() => BackupCycleEnum)
  cycle!: BackupCycle;
  @Field(() => Int, { nullable: true })
  weekday?: number | null;
  @Field(() => Int)
  startMinute!: number;
  @Field(() => Int)
  keepDays!: number;
  @Field(() => Int)
  keepCopies!: number;
  @Field(() => ID, { nullable: true })
  targetCenterId?: string | null;
  @Field(() => Boolean)
  encrypted!: boolean;
  @Field(() => String)
  encryptionNote!: string;
  @Field(() => Int)
  restoreTestMonths!: number;
  @Field(() => String)
  nextRestoreTestOn!: string;
}

@InputType()
export class RecordBackupRunInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  id!: string;
  @Field(() => Date)
  endedAt!: Date;
  @Field(() => BackupResultEnum)
  result!: BackupResult;
  @Field(() => Int, { nullable: true })
  sizeMib?: number | null;
  @Field(() => String, { nullable: true })
  note?: string | null;
}

@InputType()
export class BackupActInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => String, { nullable: true })
  reason?: string | null;
}

@InputType()
export class RequestRestoreInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  id!: string;
  @Field(() => RestorePurposeEnum)
  purpose!: RestorePurpose;
  @Field(() => Date, { nullable: true, description: 'As of when; null = the newest good copy.' })
  point?: Date | null;
  @Field(() => String)
  target!: string;
  @Field(() => String)
  reason!: string;
}

@ObjectType('BackupPayload')
export class BackupPayload {
  @Field(() => BackupNode, { nullable: true })
  backup!: BackupNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
