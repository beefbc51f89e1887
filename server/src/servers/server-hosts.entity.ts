import { Check, Column, Entity, Index, JoinColumn, OneToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { Bilingual } from '../kernel/bilingual.js';
import { jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { HostManagement, HostPhase } from './domain/host.js';
import type { HostImage, WipeEvidence } from './domain/host-record.js';
import { ServerEntity } from './servers.entity.js';

const word = { type: 'varchar', length: 20, charset: 'ascii', collation: 'ascii_bin' } as const;

/** What the BareMetalHost of a server shall be, and where it stood last; without a row people do everything to it. */
@Entity('server_host')
@Index('ix_server_host_center', ['centerId', 'serverId'])
@Index('ix_server_host_line', ['lineId'])
@Check('ck_server_host_management', "management in ('DRIVEN', 'RECORDED')")
@Check('ck_server_host_use', '(use_id is null) = (image is null)')
export class ServerHostEntity {
  @PrimaryColumn(uuidColumn)
  serverId!: string;
  @OneToOne(() => ServerEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'server_id', foreignKeyConstraintName: 'fk_server_host_server' })
  server?: Relation<ServerEntity>;
  @Column(uuidColumn)
  centerId!: string;
  @Column(word)
  management!: HostManagement;
  /** The console made its object, and makes it again where it is gone. */
  @Column({ type: 'boolean' })
  registered!: boolean;
  /** Whose claim stands on the host; null = nobody's by the console. */
  @Column({ ...uuidColumn, nullable: true })
  useId!: string | null;
  /** The line that waits for it, or got it. */
  @Column({ ...uuidColumn, nullable: true })
  lineId!: string | null;
  @Column({ type: 'varchar', length: 30, charset: 'ascii', collation: 'ascii_bin', nullable: true })
  requestCode!: string | null;
  @Column({ ...jsonColumn, nullable: true })
  image!: HostImage | null;
  /** Grows with each installation that is asked for. */
  @Column({ type: 'int' })
  imageRound!: number;
  /** Who of its department asked for this installation; null = its request did. */
  @Column({ ...uuidColumn, nullable: true })
  imageAskedById!: string | null;
  @Column({ type: 'boolean' })
  online!: boolean;
  @Column({ type: 'int' })
  rebootRound!: number;
  @Column({ ...timeColumn, nullable: true })
  claimedAt!: Date | null;
  @Column({ ...timeColumn, nullable: true })
  deliveredAt!: Date | null;
  @Column({ ...jsonColumn, nullable: true })
  wipe!: WipeEvidence | null;
  @Column({ ...timeColumn, nullable: true })
  wipedAt!: Date | null;
  @Column(word)
  phase!: HostPhase;
  @Column(jsonColumn)
  statusText!: Bilingual;
  @Column({ type: 'smallint', nullable: true })
  progressPercent!: number | null;
  @Column({ type: 'boolean', nullable: true })
  poweredOn!: boolean | null;
  @Column({ type: 'int' })
  tries!: number;
  @Column({ type: 'varchar', length: 40, charset: 'ascii', collation: 'ascii_bin' })
  hostState!: string;
  @Column({ ...timeColumn, nullable: true })
  observedAt!: Date | null;
  /** Grows with each credential that replaces another after the registration. */
  @Column({ type: 'int', default: 0 })
  credentialRound!: number;
  /** The round that the cluster's Secret has. */
  @Column({ type: 'int', default: 0 })
  credentialSent!: number;
  /** Version of the Secret that was written last, until the operator has said what came of it. */
  @Column({ type: 'varchar', length: 64, charset: 'ascii', collation: 'ascii_bin', nullable: true })
  credentialVersion!: string | null;
}
