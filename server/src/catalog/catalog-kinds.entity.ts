import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { Architecture, NetworkZone } from '../facilities/domain/facility.js';
import { jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { CpuMaker } from '../servers/domain/processor.js';
import type { CatalogStatus } from './domain/catalog.js';
import type { CabinetForm } from './domain/entries.js';
import type { DefinitionContent } from './domain/service-definition.js';

const word = { type: 'varchar', charset: 'ascii', collation: 'ascii_bin' } as const;

abstract class EntryEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;

  @Column({ ...word, length: 63 })
  code!: string;

  @Column({ type: 'varchar', length: 20 })
  status!: CatalogStatus;

  @Column({ type: 'int' })
  version!: number;
}

@Entity('server_offer')
@Index('uq_server_offer_code', ['code'], { unique: true })
@Check('ck_server_offer_architecture', "architecture in ('AMD64', 'ARM64')")
@Check('ck_server_offer_size', 'cores > 0 and memory_mib > 0 and accelerator_count >= 0')
@Check('ck_server_offer_status', "status in ('OFFERED', 'WITHDRAWN')")
export class ServerOfferEntity extends EntryEntity {
  @Column({ type: 'varchar', length: 120 })
  name!: string;

  @Column({ ...word, length: 10 })
  architecture!: Architecture;

  @Column({ ...word, length: 20 })
  cpuMaker!: CpuMaker;

  @Column({ type: 'int' })
  cores!: number;

  @Column({ type: 'int' })
  memoryMib!: number;

  @Column({ type: 'varchar', length: 200 })
  disks!: string;

  @Column({ type: 'varchar', length: 60, nullable: true })
  accelerator!: string | null;

  @Column({ type: 'int' })
  acceleratorCount!: number;
}

@Entity('cabinet_offer')
@Index('uq_cabinet_offer_code', ['code'], { unique: true })
@Check('ck_cabinet_offer_form', "form in ('UNIT', 'WHOLE')")
@Check('ck_cabinet_offer_size', 'height_units > 0 and included_w >= 0')
@Check('ck_cabinet_offer_status', "status in ('OFFERED', 'WITHDRAWN')")
export class CabinetOfferEntity extends EntryEntity {
  @Column({ type: 'varchar', length: 120 })
  name!: string;

  @Column({ ...word, length: 10 })
  form!: CabinetForm;

  @Column({ ...word, length: 30 })
  zone!: NetworkZone;

  @Column({ type: 'int' })
  heightUnits!: number;

  @Column({ type: 'int' })
  includedW!: number;
}

@Entity('service_offer')
@Index('uq_service_offer_code', ['code'], { unique: true })
@Check('ck_service_offer_status', "status in ('OFFERED', 'WITHDRAWN')")
export class ServiceOfferEntity extends EntryEntity {
  @Column({ type: 'int' })
  definitionNumber!: number;
}

/** A version of what a service is. It is written once; an edit makes the next one. */
@Entity('service_definition')
@Index('uq_service_definition_number', ['serviceId', 'number'], { unique: true })
@Check('ck_service_definition_number', 'number > 0')
export class ServiceDefinitionEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;

  @Column(uuidColumn)
  serviceId!: string;

  @Column({ type: 'int' })
  number!: number;

  @Column({ type: 'varchar', length: 60 })
  nameZh!: string;

  @Column({ type: 'varchar', length: 60 })
  nameEn!: string;

  @Column(jsonColumn)
  content!: Omit<DefinitionContent, 'name'>;

  @Column(timeColumn)
  createdAt!: Date;

  @ManyToOne(() => ServiceOfferEntity, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'service_id', foreignKeyConstraintName: 'fk_service_definition_service' })
  service?: Relation<ServiceOfferEntity>;
}
