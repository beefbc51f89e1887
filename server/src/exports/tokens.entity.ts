import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { ExportName, TokenKind, TokenState } from './domain/token.js';

const word = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;
const personName = { type: 'varchar', length: 200 } as const;

/** 导出令牌. Its secret is nowhere: only its hash is kept. */
@Entity('export_token')
@Index('uq_export_token_public', ['publicId'], { unique: true })
@Index('ix_export_token_owner', ['ownerId', 'state'])
@Check('ck_export_token_state', "state in ('WAITING', 'ACTIVE', 'REVOKED')")
@Check('ck_export_token_kind', "kind in ('PERSONAL', 'SERVICE')")
@Check('ck_export_token_life', 'created_at < expires_at')
@Check('ck_export_token_approved', "kind = 'PERSONAL' or state <> 'ACTIVE' or approved_by_id is not null")
@Check('ck_export_token_second', 'approved_by_id is null or approved_by_id <> owner_id')
@Check('ck_export_token_revoked', "(state = 'REVOKED') = (revoked_at is not null)")
export class ExportTokenEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(word(16))
  publicId!: string;
  /** SM3 of the secret, hexadecimal. */
  @Column({ type: 'char', length: 64, charset: 'ascii', collation: 'ascii_bin' })
  secretHash!: string;
  @Column(word(8))
  kind!: TokenKind;
  @Column(word(7))
  state!: TokenState;
  @Column({ type: 'int' })
  version!: number;
  @Column({ type: 'varchar', length: 200 })
  purpose!: string;
  @Column(jsonColumn)
  exports!: readonly ExportName[];
  @Column(uuidColumn)
  ownerId!: string;
  @Column(personName)
  ownerName!: string;
  @Column({ ...uuidColumn, nullable: true })
  ownerDepartmentId!: string | null;
  /** With all below it; null = all that its owner reads. */
  @Column({ ...uuidColumn, nullable: true })
  departmentId!: string | null;
  @Column(timeColumn)
  createdAt!: Date;
  @Column(timeColumn)
  expiresAt!: Date;
  @Column({ ...uuidColumn, nullable: true })
  approvedById!: string | null;
  @Column({ ...personName, nullable: true })
  approvedByName!: string | null;
  @Column({ ...timeColumn, nullable: true })
  approvedAt!: Date | null;
  @Column({ ...personName, nullable: true })
  revokedByName!: string | null;
  @Column({ ...timeColumn, nullable: true })
  revokedAt!: Date | null;
  @Column({ ...timeColumn, nullable: true })
  lastUsedAt!: Date | null;
  @Column({ ...word(45), nullable: true })
  lastUsedAddress!: string | null;
  @Column({ type: 'int', unsigned: true })
  uses!: number;
  /** Of the limit: when the window began in which so many were counted. */
  @Column({ ...timeColumn, nullable: true })
  windowAt!: Date | null;
  @Column({ type: 'smallint', unsigned: true })
  windowUses!: number;
}
