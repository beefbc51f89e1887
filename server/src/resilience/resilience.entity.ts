import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm';
import { jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { LocalMode, RemoteMode } from '../systems/domain/system.js';
import type { Assessed } from './domain/dr-level.js';
import type { ArbiterPath, LinkMode } from './domain/dr-link.js';
import type {
  DataKind,
  DataRole,
  GroupGrade,
  TierLayer,
  TierOrigin,
  TierParty,
  TierSource,
} from './domain/dr-words.js';
import type { Reason } from './domain/judge-group.js';

const word = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;
const optionalTime = { ...timeColumn, nullable: true } as const;
const optionalInt = { type: 'int', nullable: true } as const;
const kept = { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' } as const;

/** What the levels of GB/T 20988 are called in one of its editions. */
@Entity('dr_level_edition')
export class DrLevelEditionEntity {
  @PrimaryColumn({ type: 'int' })
  number!: number;
  @Column({ type: 'varchar', length: 40 })
  standard!: string;
  @Column({ type: 'varchar', length: 20 })
  edition!: string;
  @Column({ type: 'date' })
  effectiveOn!: string;
  @Column(jsonColumn)
  levels!: { level: number; name: string }[];
}

/** 链路: how data goes between two centers, and by which ways the arbiter is reached. */
@Entity('dr_link')
@Unique('uq_dr_link_pair', ['fromCenterId', 'toCenterId'])
@Check('ck_dr_link_mode', "mode in ('SYNC', 'ASYNC')")
@Check('ck_dr_link_ends', 'from_center_id <> to_center_id')
@Unique('uq_dr_link_mode_change', ['modeChangeId'])
@Check(
  'ck_dr_link_not_silent',
  "promised_mode in ('SYNC', 'ASYNC') and (mode = promised_mode or mode_change_id is not null)",
)
export class DrLinkEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  fromCenterId!: string;
  @Column(uuidColumn)
  toCenterId!: string;
  @Column(word(8))
  mode!: LinkMode;
  /** What it was built for; the mode is another one only by a change that two people have signed. */
  @Column({ ...word(8), default: 'SYNC' })
  promisedMode!: LinkMode;
  @Column({ ...uuidColumn, nullable: true })
  modeChangeId!: string | null;
  @ManyToOne(() => DrLinkModeChangeEntity, kept)
  @JoinColumn({ name: 'mode_change_id', foreignKeyConstraintName: 'fk_dr_link_mode_change' })
  modeChange?: Relation<DrLinkModeChangeEntity> | null;
  @Column(jsonColumn)
  arbiterPaths!: ArbiterPath[];
  @Column({ type: 'int' })
  version!: number;
}

/** Asked by one; nothing has changed yet. */
@Entity('dr_link_mode_request')
@Check('ck_dr_link_mode_request_mode', "to_mode in ('SYNC', 'ASYNC')")
export class DrLinkModeRequestEntity {
  @PrimaryColumn(uuidColumn)
  linkId!: string;
  @ManyToOne(() => DrLinkEntity, kept)
  @JoinColumn({ name: 'link_id', foreignKeyConstraintName: 'fk_dr_link_mode_request' })
  link?: Relation<DrLinkEntity>;
  @Column(word(8))
  toMode!: LinkMode;
  @Column({ type: 'varchar', length: 500 })
  reason!: string;
  @Column(uuidColumn)
  askedById!: string;
  @Column({ type: 'varchar', length: 200 })
  askedBy!: string;
  @Column(uuidColumn)
  askedDepartmentId!: string;
  @Column(timeColumn)
  askedAt!: Date;
}

/** 同步改异步, or back: signed by two people of different departments. */
@Entity('dr_link_mode_change')
@Index('ix_dr_link_mode_change_link', ['linkId', 'agreedAt'])
@Check(
  'ck_dr_link_mode_change_modes',
  "from_mode in ('SYNC', 'ASYNC') and to_mode in ('SYNC', 'ASYNC') and from_mode <> to_mode",
)
@Check('ck_dr_link_mode_change_reason', 'char_length(reason) >= 1')
@Check('ck_dr_link_mode_change_second', 'agreed_by_id <> asked_by_id and agreed_department_id <> asked_department_id')
export class DrLinkModeChangeEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  linkId!: string;
  @Column(word(8))
  fromMode!: LinkMode;
  @Column(word(8))
  toMode!: LinkMode;
  @Column({ type: 'varchar', length: 500 })
  reason!: string;
  @Column(uuidColumn)
  askedById!: string;
  @Column({ type: 'varchar', length: 200 })
  askedBy!: string;
  @Column(uuidColumn)
  askedDepartmentId!: string;
  @Column(uuidColumn)
  agreedById!: string;
  @Column({ type: 'varchar', length: 200 })
  agreedBy!: string;
  @Column(uuidColumn)
  agreedDepartmentId!: string;
  @Column(timeColumn)
  agreedAt!: Date;
}

/** 容灾组: one system's DR side. */
@Entity('dr_group')
@Unique('uq_dr_group_system', ['systemId'])
@Index('ix_dr_group_created', ['createdAt', 'id'])
@Index('ix_dr_group_grade', ['grade', 'createdAt', 'id'])
@Index('ix_dr_group_department', ['departmentId', 'createdAt', 'id'])
@Check('ck_dr_group_grade', "grade in ('KEPT', 'AT_RISK', 'UNKNOWN', 'BROKEN')")
@Check('ck_dr_group_level', 'target_level is null or target_level between 1 and 6')
export class DrGroupEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  systemId!: string;
  @Column(uuidColumn)
  departmentId!: string;
  /** The system's, as it was last formed: lists are searched by it. */
  @Column({ type: 'varchar', length: 120 })
  name!: string;
  @Column(word(12))
  localMode!: LocalMode;
  @Column(word(12))
  remoteMode!: RemoteMode;
  @Column(optionalInt)
  targetLevel!: number | null;
  @Column(optionalInt)
  rtoSeconds!: number | null;
  @Column(optionalInt)
  rpoSeconds!: number | null;
  @Column(optionalInt)
  dooSeconds!: number | null;
  @Column(optionalInt)
  nroSeconds!: number | null;
  @Column(jsonColumn)
  elements!: Assessed;
  @Column({ type: 'int' })
  editionNumber!: number;
  @Column(word(10))
  grade!: GroupGrade;
  @Column(timeColumn)
  gradeSince!: Date;
  @Column(jsonColumn)
  reasons!: Reason[];
  @Column(optionalTime)
  judgedAt!: Date | null;
  /** When a drill on copies of it passed the last time. */
  @Column(optionalTime)
  drilledAt!: Date | null;
  @Column(timeColumn)
  createdAt!: Date;
  @Column({ type: 'int' })
  version!: number;
}

/** 层: what of a system is kept by one replication layer and is one party's affair. */
@Entity('dr_tier')
@Unique('uq_dr_tier_line', ['lineId'])
@Index('ix_dr_tier_group', ['groupId', 'createdAt', 'id'])
@Check('ck_dr_tier_origin', "(origin = 'FORMED') = (line_id is not null) and origin in ('FORMED', 'COMPOSED')")
@Check('ck_dr_tier_layer', "layer in ('APPLICATION', 'DATABASE', 'STORAGE', 'BACKUP')")
@Check('ck_dr_tier_data', "data_kind in ('STATELESS', 'SINGLE_WRITER', 'QUORUM')")
@Check('ck_dr_tier_source', "source in ('CLUSTER', 'PROBE', 'NONE')")
@Check('ck_dr_tier_party', "party in ('CENTER', 'DEPARTMENT', 'VENDOR')")
export class DrTierEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  groupId!: string;
  @ManyToOne(() => DrGroupEntity, kept)
  @JoinColumn({ name: 'group_id', foreignKeyConstraintName: 'fk_dr_tier_group' })
  group!: Relation<DrGroupEntity>;
  /** FORMED: of which line its machines are. */
  @Column({ ...uuidColumn, nullable: true })
  lineId!: string | null;
  @Column({ type: 'varchar', length: 60 })
  name!: string;
  @Column(word(10))
  origin!: TierOrigin;
  @Column(word(12))
  layer!: TierLayer;
  @Column(word(14))
  dataKind!: DataKind;
  @Column(word(10))
  source!: TierSource;
  @Column(word(12))
  party!: TierParty;
  @Column({ type: 'varchar', length: 60, nullable: true })
  partyName!: string | null;
  @Column(word(12))
  localMode!: LocalMode;
  @Column(word(12))
  remoteMode!: RemoteMode;
  @Column(timeColumn)
  createdAt!: Date;
  @Column({ type: 'int' })
  version!: number;
}

/** A machine that was put into a composed tier by hand; it is in one at most. */
@Entity('dr_tier_member')
@Index('ix_dr_tier_member_tier', ['tierId'])
export class DrTierMemberEntity {
  @PrimaryColumn(uuidColumn)
  resourceId!: string;
  @Column(uuidColumn)
  tierId!: string;
  @ManyToOne(() => DrTierEntity, kept)
  @JoinColumn({ name: 'tier_id', foreignKeyConstraintName: 'fk_dr_tier_member_tier' })
  tier!: Relation<DrTierEntity>;
}

@Entity('dr_data_set')
@Unique('uq_dr_data_set_name', ['tierId', 'name'])
export class DrDataSetEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  tierId!: string;
  @ManyToOne(() => DrTierEntity, kept)
  @JoinColumn({ name: 'tier_id', foreignKeyConstraintName: 'fk_dr_data_set_tier' })
  tier!: Relation<DrTierEntity>;
  @Column({ type: 'varchar', length: 60 })
  name!: string;
}

/** Where a data set is, and as what. The unique key lets one writer through, whoever tries to write a second. */
@Entity('dr_data_place')
@Unique('uq_dr_data_place_writer', ['dataSetId', 'writer'])
@Check('ck_dr_data_place_role', "role in ('WRITER', 'COPY', 'MEMBER')")
@Check('ck_dr_data_place_writer', "(role = 'WRITER') = (writer is not null) and (writer is null or writer = 1)")
export class DrDataPlaceEntity {
  @PrimaryColumn(uuidColumn)
  dataSetId!: string;
  @PrimaryColumn(uuidColumn)
  centerId!: string;
  @ManyToOne(() => DrDataSetEntity, kept)
  @JoinColumn({ name: 'data_set_id', foreignKeyConstraintName: 'fk_dr_data_place_set' })
  dataSet!: Relation<DrDataSetEntity>;
  @Column(word(8))
  role!: DataRole;
  @Column({ type: 'tinyint', nullable: true })
  writer!: number | null;
}
