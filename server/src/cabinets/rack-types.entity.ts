import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { jsonColumn, uuidColumn } from '../platform/database/columns.js';
import type { Numbering } from './domain/units.js';

const asciiText = { type: 'varchar', charset: 'ascii', collation: 'ascii_bin' } as const;
const nullableInt = { type: 'int', nullable: true } as const;

@Entity('rack_type')
@Index('uq_rack_type_slug', ['slug'], { unique: true })
@Check('ck_rack_type_numbering', "numbering in ('ASCENDING', 'DESCENDING')")
@Check('ck_rack_type_frame', 'height_units between 1 and 100 and starting_unit >= 1')
export class RackTypeEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;
  @Column({ type: 'varchar', length: 60 })
  manufacturer!: string;
  @Column({ type: 'varchar', length: 120 })
  model!: string;
  @Column({ ...asciiText, length: 100 })
  slug!: string;
  @Column({ type: 'int' })
  heightUnits!: number;
  @Column({ type: 'int' })
  startingUnit!: number;
  @Column({ ...asciiText, length: 12 })
  numbering!: Numbering;
  @Column(nullableInt)
  widthMm!: number | null;
  @Column(nullableInt)
  depthMm!: number | null;
  @Column(nullableInt)
  ownWeightGrams!: number | null;
  @Column(nullableInt)
  weightLimitGrams!: number | null;
  @Column(jsonColumn)
  keptAside!: Record<string, unknown>;
}
