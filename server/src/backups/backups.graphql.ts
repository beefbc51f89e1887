import { Field, Float, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ConsoleDatabaseType } from '../identity/identity.types.js';
import type { NodeStanding } from '../platform/database/quorum/database-quorum.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { BACKUP_KINDS, BACKUP_LEVELS, type BackupKind, type BackupLevel } from './domain/backup-age.js';

const ConsoleBackupKindEnum = enumOf(BACKUP_KINDS);
registerEnumType(ConsoleBackupKindEnum, { name: 'ConsoleBackupKind' });
const ConsoleBackupLevelEnum = enumOf(BACKUP_LEVELS);
registerEnumType(ConsoleBackupLevelEnum, { name: 'ConsoleBackupLevel' });
const NodeStandingEnum = enumOf(['WRITER', 'MEMBER', 'JOINING', 'MINORITY', 'OLDER_HISTORY', 'SILENT']);
registerEnumType(NodeStandingEnum, { name: 'DatabaseNodeStanding' });

@ObjectType('DatabaseNode', { description: 'A node of the console’s own database, as this console sees it.' })
export class DatabaseNodeType {
  @Field(() => String, { description: 'Code of its center, or its address.' })
  name!: string;
  @Field(() => NodeStandingEnum)
  standing!: NodeStanding['standing'];
  @Field(() => Int, { nullable: true, description: 'Of the history that it stands in; null = it does not answer.' })
  epoch!: number | null;
}

@ObjectType('ConsoleBackup')
export class ConsoleBackupType {
  @Field(() => String)
  key!: string;
  @Field(() => ConsoleBackupKindEnum)
  kind!: BackupKind;
  @Field(() => Date)
  startedAt!: Date;
  @Field(() => Date, { nullable: true })
  endedAt!: Date | null;
  @Field(() => Boolean)
  succeeded!: boolean;
  @Field(() => String, { nullable: true })
  fileName!: string | null;
  @Field(() => Float, { nullable: true })
  bytes!: number | null;
  @Field(() => String, { nullable: true })
  sm3!: string | null;
  @Field(() => String, { nullable: true, description: 'What was found, or why it failed.' })
  said!: string | null;
}

@ObjectType('ConsoleBackupStanding')
export class ConsoleBackupStandingType {
  @Field(() => ConsoleBackupKindEnum)
  kind!: BackupKind;
  @Field(() => ConsoleBackupLevelEnum)
  level!: BackupLevel;
  @Field(() => ConsoleBackupType, { nullable: true })
  last!: ConsoleBackupType | null;
  @Field(() => ConsoleBackupType, { nullable: true })
  lastDone!: ConsoleBackupType | null;
}

@ObjectType('ConsoleData', { description: '平台自身数据: the nodes of the console’s own database, and its backups.' })
export class ConsoleDataType {
  @Field(() => ConsoleDatabaseType)
  database!: ConsoleDatabaseType;
  @Field(() => Int, { description: 'How often a primary was forced.' })
  epoch!: number;
  @Field(() => [DatabaseNodeType], { description: 'Empty = one server.' })
  nodes!: DatabaseNodeType[];
  @Field(() => [ConsoleBackupStandingType])
  backups!: ConsoleBackupStandingType[];
  @Field(() => [ConsoleBackupType], { description: 'Dumps and restore tests, newest first.' })
  latestBackups!: ConsoleBackupType[];
}
