import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { timeColumn, uuidColumn } from '../platform/database/columns.js';
import { ServerEntity } from './servers.entity.js';

const ascii = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;

/** How one gets into a server after one installation of it. `sealed` is the password until it was shown, or cannot be any more. */
@Entity('server_login')
@Index('ix_server_login_server', ['serverId', 'madeAt'])
@Index('ix_server_login_expiry', ['destroyedAt', 'revealedAt', 'readyAt'])
@Check('ck_server_login_once', '(sealed is null) = (revealed_at is not null or destroyed_at is not null)')
export class ServerLoginEntity {
  @PrimaryColumn(uuidColumn)
  useId!: string;
  @PrimaryColumn({ type: 'int' })
  imageRound!: number;
  @Column(uuidColumn)
  serverId!: string;
  @ManyToOne(() => ServerEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'server_id', foreignKeyConstraintName: 'fk_server_login_server' })
  server?: Relation<ServerEntity>;
  @Column({ ...ascii(30), nullable: true })
  requestCode!: string | null;
  /** Who of its department asked for the installation; null = it is its request's, and its applicant's. */
  @Column({ ...uuidColumn, nullable: true })
  askedById!: string | null;
  @Column(ascii(32))
  username!: string;
  /** As its /etc/shadow has it. */
  @Column(ascii(160))
  passwordHash!: string;
  @Column({ type: 'varbinary', length: 512, nullable: true })
  sealed!: Buffer | null;
  @Column(timeColumn)
  madeAt!: Date;
  /** When the installation stood ready. */
  @Column({ ...timeColumn, nullable: true })
  readyAt!: Date | null;
  @Column({ ...timeColumn, nullable: true })
  revealedAt!: Date | null;
  @Column({ type: 'varchar', length: 100, nullable: true })
  revealedBy!: string | null;
  @Column({ ...timeColumn, nullable: true })
  destroyedAt!: Date | null;
}
