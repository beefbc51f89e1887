import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm';
import { jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { PolicyDirection, PolicyProtocol, PolicyState, PortRange } from './domain/network-policy.js';

const asciiText = (length: number) => ({ type: 'varchar', length, charset: 'ascii', collation: 'ascii_bin' }) as const;
const optionalId = { ...uuidColumn, nullable: true } as const;
const optionalTime = { ...timeColumn, nullable: true } as const;

/** 网络策略: what may be reached of a system, or by it. Desired state; clusters and people are driven toward it. */
@Entity('network_policy')
@Unique('uq_network_policy_code', ['code'])
@Unique('uq_network_policy_line', ['lineId'])
@Index('ix_network_policy_department', ['departmentId', 'createdAt', 'id'])
@Index('ix_network_policy_system', ['systemId', 'createdAt', 'id'])
@Index('ix_network_policy_until', ['state', 'untilDate'])
@Check('ck_network_policy_state', "state in ('SUBMITTED', 'ACTIVE', 'ENDING', 'ENDED', 'REJECTED')")
@Check('ck_network_policy_peer', '(peer_cidr is null) <> (peer_system_id is null)')
export class NetworkPolicyEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(asciiText(30))
  code!: string;
  @Column(asciiText(10))
  state!: PolicyState;
  @Column({ type: 'int' })
  version!: number;
  @Column(uuidColumn)
  departmentId!: string;
  @Column(asciiText(40))
  departmentCode!: string;
  @Column(uuidColumn)
  systemId!: string;
  @Column(asciiText(40))
  systemCode!: string;
  /** The granted line that asked for it. */
  @Column(optionalId)
  lineId!: string | null;
  @Column(asciiText(8))
  direction!: PolicyDirection;
  @Column(asciiText(4))
  protocol!: PolicyProtocol;
  @Column({ ...asciiText(50), nullable: true })
  peerCidr!: string | null;
  @Column(optionalId)
  peerSystemId!: string | null;
  @Column({ ...asciiText(40), nullable: true })
  peerSystemCode!: string | null;
  @Column(jsonColumn)
  ports!: readonly PortRange[];
  /** The last day on which it holds, of Asia/Shanghai. */
  @Column({ type: 'char', length: 10, charset: 'ascii', collation: 'ascii_bin', nullable: true })
  untilDate!: string | null;
  @Column({ type: 'varchar', length: 300 })
  reason!: string;
  @Column({ type: 'boolean' })
  exposed!: boolean;
  @Column(optionalId)
  applicantId!: string | null;
  @Column({ type: 'varchar', length: 100 })
  applicantName!: string;
  @Column({ type: 'varchar', length: 100, nullable: true })
  decidedBy!: string | null;
  @Column(optionalTime)
  decidedAt!: Date | null;
  @Column({ type: 'varchar', length: 500, nullable: true })
  opinion!: string | null;
  /** Days before its end of which was reminded last. */
  @Column({ type: 'int', nullable: true })
  toldDays!: number | null;
  @Column(timeColumn)
  createdAt!: Date;
  @Column(optionalTime)
  endedAt!: Date | null;
}

@Entity('network_policy_site')
@Index('ix_network_policy_site_center', ['centerId', 'mode', 'phase'])
@Check('ck_network_policy_site_mode', "mode in ('DRIVEN', 'RECORDED')")
@Check('ck_network_policy_site_phase', "phase in ('PENDING', 'APPLIED', 'FAILED', 'REMOVING', 'REMOVED')")
export class NetworkPolicySiteEntity {
  @PrimaryColumn(uuidColumn)
  policyId!: string;
  @ManyToOne(() => NetworkPolicyEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'policy_id', foreignKeyConstraintName: 'fk_network_policy_site' })
  policy?: Relation<NetworkPolicyEntity>;
  @PrimaryColumn(uuidColumn)
  centerId!: string;
  /** DRIVEN: an object of the cluster. RECORDED: people do it, by work order. */
  @PrimaryColumn(asciiText(8))
  mode!: 'DRIVEN' | 'RECORDED';
  @Column(asciiText(10))
  phase!: 'PENDING' | 'APPLIED' | 'FAILED' | 'REMOVING' | 'REMOVED';
  /** What somebody else had changed when it was last looked at; it was put right then. */
  @Column({ type: 'varchar', length: 300, nullable: true })
  drift!: string | null;
  @Column({ type: 'varchar', length: 300, nullable: true })
  message!: string | null;
  @Column(optionalTime)
  observedAt!: Date | null;
}
