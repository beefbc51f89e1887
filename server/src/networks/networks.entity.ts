import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { NetworkZone } from '../facilities/domain/facility.js';
import type { Origin } from '../kernel/origin.js';
import { jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { IpFamily } from './domain/address-plan.js';
import type { AddressState } from './domain/address-state.js';

const asciiText = { type: 'varchar', charset: 'ascii', collation: 'ascii_bin' } as const;
const word = { ...asciiText, length: 20 } as const;

/** A center's zone shares one routing table; its row is taken while a prefix is entered, so that two never overlap. */
@Entity('network_plan')
export class NetworkPlanEntity {
  @PrimaryColumn(uuidColumn)
  centerId!: string;
  @PrimaryColumn({ ...asciiText, length: 30 })
  zone!: NetworkZone;
  @Column({ type: 'int' })
  version!: number;
}

@Entity('network')
@Index('uq_network_code', ['code'], { unique: true })
@Index('ix_network_center', ['centerId', 'zone', 'code'])
@Check('ck_network_zone', "zone in ('GOVERNMENT_EXTRANET', 'INTERNET', 'BUSINESS_LINE')")
@Check('ck_network_vlan', 'vlan_id is null or vlan_id between 1 and 4094')
@Check('ck_network_prefix', 'ipv4_prefix is not null or ipv6_prefix is not null')
@Check('ck_network_dual', '(ipv4_prefix is not null and ipv6_prefix is not null) or single_stack_reason is not null')
export class NetworkEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column({ ...asciiText, length: 40 })
  code!: string;
  @Column({ type: 'varchar', length: 60 })
  name!: string;
  @Column(uuidColumn)
  centerId!: string;
  @Column({ ...asciiText, length: 30 })
  zone!: NetworkZone;
  @Column({ type: 'smallint', nullable: true })
  vlanId!: number | null;
  @Column({ ...asciiText, length: 18, nullable: true })
  ipv4Prefix!: string | null;
  @Column({ ...asciiText, length: 43, nullable: true })
  ipv6Prefix!: string | null;
  @Column({ ...asciiText, length: 15, nullable: true })
  ipv4Gateway!: string | null;
  @Column({ ...asciiText, length: 39, nullable: true })
  ipv6Gateway!: string | null;
  @Column(jsonColumn)
  reserved!: { first: string; last: string; note: string }[];
  @Column({ type: 'varchar', length: 200, nullable: true })
  singleStackReason!: string | null;
  @Column({ type: 'int' })
  version!: number;
  @Column(timeColumn)
  createdAt!: Date;
}

/** live is 1 or null: a unique key keeps an address from having two holders, and ended claims stay as its history. */
@Entity('address_claim')
@Index('uq_address_claim_live', ['networkId', 'addressKey', 'live'], { unique: true })
@Index('ix_address_claim_subject', ['subjectId'])
@Index('ix_address_claim_count', ['live', 'networkId', 'family', 'state', 'quarantineUntil'])
@Index('ix_address_claim_department', ['departmentId', 'networkId'])
@Check('ck_address_claim_state', "state in ('HELD', 'ALLOCATED', 'QUARANTINE', 'RELEASED')")
@Check('ck_address_claim_family', "family in ('IPV4', 'IPV6')")
@Check('ck_address_claim_live', "(state = 'RELEASED') = (live is null) and (live is null or live = 1)")
@Check('ck_address_claim_origin', "origin in ('REQUEST', 'INTAKE')")
@Check('ck_address_claim_rest', "state <> 'QUARANTINE' or quarantine_until is not null")
export class AddressClaimEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column(uuidColumn)
  networkId!: string;
  @ManyToOne(() => NetworkEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'network_id', foreignKeyConstraintName: 'fk_address_claim_network' })
  network?: Relation<NetworkEntity>;
  @Column(word)
  family!: IpFamily;
  @Column({ ...asciiText, length: 39 })
  address!: string;
  @Column({ ...asciiText, length: 33 })
  addressKey!: string;
  @Column(word)
  state!: AddressState;
  @Column({ type: 'tinyint', nullable: true })
  live!: number | null;
  @Column({ type: 'int' })
  version!: number;
  /** Kind of thing that has it, e.g. "Server"; "Manual" where a person took it. */
  @Column(word)
  subjectType!: string;
  @Column({ ...uuidColumn, nullable: true })
  subjectId!: string | null;
  @Column({ ...uuidColumn, nullable: true })
  departmentId!: string | null;
  @Column({ type: 'varchar', length: 200 })
  purpose!: string;
  @Column({ type: 'varchar', length: 100 })
  actorName!: string;
  @Column(timeColumn)
  claimedAt!: Date;
  @Column({ ...timeColumn, nullable: true })
  allocatedAt!: Date | null;
  @Column({ ...timeColumn, nullable: true })
  releasedAt!: Date | null;
  @Column({ ...timeColumn, nullable: true })
  quarantineUntil!: Date | null;
  /** INTAKE = in use since before the console, and from which platform. */
  @Column({ ...word, default: 'REQUEST' })
  origin!: Origin;
  @Column({ ...timeColumn, nullable: true })
  usedSince!: Date | null;
  @Column({ type: 'varchar', length: 60, nullable: true })
  sourcePlatform!: string | null;
}
