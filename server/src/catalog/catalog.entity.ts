import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Architecture } from '../facilities/domain/facility.js';
import { jsonColumn, uuidColumn } from '../platform/database/columns.js';
import type { CatalogStatus, ImageSource, KeptAside, OfferFamily } from './domain/catalog.js';

const codeColumn = { type: 'varchar', length: 63, charset: 'ascii', collation: 'ascii_bin' } as const;

@Entity('offer')
@Index('uq_offer_code', ['code'], { unique: true })
@Check('ck_offer_family', "family in ('GENERAL', 'MEMORY', 'COMPUTE')")
@Check('ck_offer_architecture', "architecture in ('AMD64', 'ARM64')")
@Check('ck_offer_size', 'vcpu > 0 and memory_mib > 0')
@Check('ck_offer_standby', 'standby_ratio_percent between 0 and 100')
@Check('ck_offer_accelerator', '(accelerator is null) = (accelerator_count = 0)')
@Check('ck_offer_status', "status in ('OFFERED', 'WITHDRAWN')")
export class OfferEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;

  @Column(codeColumn)
  code!: string;

  @Column({ type: 'varchar', length: 120 })
  name!: string;

  @Column({ type: 'varchar', length: 20 })
  family!: OfferFamily;

  @Column({ type: 'varchar', length: 10 })
  architecture!: Architecture;

  @Column({ type: 'boolean' })
  domesticCpu!: boolean;

  @Column({ type: 'int' })
  vcpu!: number;

  @Column({ type: 'int' })
  memoryMib!: number;

  @Column({ type: 'varchar', length: 24, charset: 'ascii', collation: 'ascii_bin', nullable: true })
  accelerator!: string | null;

  @Column({ type: 'tinyint', default: 0 })
  acceleratorCount!: number;

  @Column({ type: 'tinyint', default: 50 })
  standbyRatioPercent!: number;

  @Column({ type: 'varchar', length: 20 })
  status!: CatalogStatus;

  @Column({ type: 'int', default: 1 })
  version!: number;

  @Column({ ...jsonColumn, nullable: true })
  keptAside!: KeptAside | null;
}

@Entity('image')
@Index('uq_image_code', ['code'], { unique: true })
@Check('ck_image_architecture', "architecture in ('AMD64', 'ARM64')")
@Check('ck_image_disk', 'minimum_disk_gib > 0')
@Check('ck_image_status', "status in ('OFFERED', 'WITHDRAWN')")
export class ImageEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;

  @Column(codeColumn)
  code!: string;

  @Column({ type: 'varchar', length: 120 })
  name!: string;

  @Column({ type: 'varchar', length: 10 })
  architecture!: Architecture;

  @Column(jsonColumn)
  source!: ImageSource;

  @Column({ type: 'varchar', length: 253, charset: 'ascii', collation: 'ascii_bin', nullable: true })
  devicePreference!: string | null;

  @Column({ type: 'int' })
  minimumDiskGib!: number;

  @Column({ type: 'varchar', length: 20 })
  status!: CatalogStatus;

  @Column({ type: 'int', default: 1 })
  version!: number;
}
