import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Locale } from '../kernel/bilingual.js';
import type { Role } from '../kernel/viewer.js';
import { timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { UserKind } from './domain/administrators.js';
import type { MembershipRole } from './domain/role-giving.js';
import type { UserState } from './domain/user.js';

const word = { type: 'varchar', charset: 'ascii', collation: 'ascii_bin' } as const;
const sm3Hex = { type: 'char', length: 64, charset: 'ascii', collation: 'ascii_bin' } as const;

@Entity('app_user')
@Index('uq_app_user_username', ['username'], { unique: true })
@Index('uq_app_user_kind', ['id', 'kind'], { unique: true })
@Index('ix_app_user_department', ['departmentId'])
@Check(
  'ck_app_user_kind',
  "kind in ('ORDINARY', 'SYSTEM_ADMINISTRATOR', 'SECURITY_ADMINISTRATOR', 'AUDIT_ADMINISTRATOR')",
)
@Check('ck_app_user_state', "state in ('ACTIVE', 'DISABLED')")
export class UserEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;

  /** As it is looked up: lower case, one spelling of each character. */
  @Column({ type: 'varchar', length: 60 })
  username!: string;

  @Column({ type: 'varchar', length: 80 })
  displayName!: string;

  @Column({ ...uuidColumn, nullable: true })
  departmentId!: string | null;

  @Column({ ...word, length: 30 })
  kind!: UserKind;

  @Column({ ...word, length: 120 })
  passwordHash!: string;

  /** For those who look after accounts; everyone else sees it masked. */
  @Column({ ...word, length: 20, nullable: true })
  phone!: string | null;

  @Column({ ...word, length: 10 })
  state!: UserState;

  /** The password was made by another: nothing is opened by it but the page where it is changed. */
  @Column({ type: 'boolean' })
  mustChangePassword!: boolean;

  @Column({ type: 'int' })
  version!: number;

  @Column({ ...word, length: 2 })
  locale!: Locale;

  @Column({ ...timeColumn, nullable: true })
  lastSignInAt!: Date | null;

  @Column({ ...word, length: 64, nullable: true })
  lastSignInAddress!: string | null;

  @Column(timeColumn)
  createdAt!: Date;
}

/** A role names the kind of its user, and the key of the user holds the kind: an administrator can hold nothing else. */
@Entity('user_role')
@ForeignKey(() => UserEntity, ['userId', 'userKind'], ['id', 'kind'], {
  name: 'fk_user_role_user',
  onDelete: 'RESTRICT',
  onUpdate: 'NO ACTION',
})
@Index('ix_user_role_user', ['userId', 'userKind'])
@Check(
  'ck_user_role_exclusive',
  "user_kind = if(role in ('SYSTEM_ADMINISTRATOR', 'SECURITY_ADMINISTRATOR', 'AUDIT_ADMINISTRATOR'), role, 'ORDINARY')",
)
@Check('ck_user_role_giver', 'granted_by is null or granted_by <> user_id')
export class UserRoleEntity {
  @PrimaryColumn(uuidColumn)
  userId!: string;

  @PrimaryColumn({ ...word, length: 30 })
  role!: Role;

  @Column({ ...word, length: 30 })
  userKind!: UserKind;

  /** Half-open: at this moment it is over. null = without end. */
  @Column({ ...timeColumn, nullable: true })
  until!: Date | null;

  /** null = by the first run or the demonstration. */
  @Column({ ...uuidColumn, nullable: true })
  grantedBy!: string | null;
}

/** A role in a department that is not one's own. The key of the user keeps the three administrators out. */
@Entity('membership')
@ForeignKey(() => UserEntity, ['userId', 'userKind'], ['id', 'kind'], {
  name: 'fk_membership_user',
  onDelete: 'RESTRICT',
  onUpdate: 'NO ACTION',
})
@Index('ix_membership_user', ['userId', 'userKind'])
@Index('ix_membership_department', ['departmentId'])
@Check('ck_membership_ordinary', "user_kind = 'ORDINARY'")
@Check('ck_membership_role', "role in ('APPLICANT', 'DEPARTMENT_HEAD', 'VENDOR_STAFF')")
@Check('ck_membership_giver', 'granted_by <> user_id')
@Check('ck_membership_period', 'until is null or until >= since')
export class MembershipEntity {
  @PrimaryColumn(uuidColumn)
  userId!: string;

  @PrimaryColumn(uuidColumn)
  departmentId!: string;

  @PrimaryColumn({ ...word, length: 30 })
  role!: MembershipRole;

  @Column({ ...word, length: 30 })
  userKind!: UserKind;

  @Column(timeColumn)
  since!: Date;

  /** Half-open: at this moment it is over. null = without end. */
  @Column({ ...timeColumn, nullable: true })
  until!: Date | null;

  @Column(uuidColumn)
  grantedBy!: string;
}

@Entity('session')
@Index('uq_session_token', ['tokenHash'], { unique: true })
@Index('ix_session_user', ['userId'])
@Index('ix_session_expires', ['expiresAt'])
export class SessionEntity {
  /** Public name of the session; the secret is the token. */
  @PrimaryColumn(uuidColumn)
  id!: string;

  /** SM3 of the token: who reads the table cannot sign in with it. */
  @Column(sm3Hex)
  tokenHash!: string;

  @Column(uuidColumn)
  userId!: string;

  @Column({ ...word, length: 64, nullable: true })
  address!: string | null;

  @Column(timeColumn)
  createdAt!: Date;

  @Column(timeColumn)
  lastSeenAt!: Date;

  @Column(timeColumn)
  expiresAt!: Date;

  @Column({ ...timeColumn, nullable: true })
  endedAt!: Date | null;

  /** The sign-in before this one, as the user is told. */
  @Column({ ...timeColumn, nullable: true })
  previousSignInAt!: Date | null;

  @Column({ ...word, length: 64, nullable: true })
  previousSignInAddress!: string | null;
}

@Entity('sign_in_failure')
@Index('ix_sign_in_failure_since', ['since'])
@Check('ck_sign_in_failure_kind', "kind in ('ACCOUNT', 'ADDRESS')")
export class SignInFailureEntity {
  @PrimaryColumn({ ...word, length: 10 })
  kind!: 'ACCOUNT' | 'ADDRESS';

  /** SM3 of the name as typed or of the address: a password typed in the wrong field is not kept. */
  @PrimaryColumn(sm3Hex)
  subject!: string;

  @Column({ type: 'int' })
  failures!: number;

  @Column(timeColumn)
  since!: Date;

  @Column({ ...timeColumn, nullable: true })
  lockedUntil!: Date | null;
}
