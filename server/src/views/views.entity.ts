import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { timeColumn, uuidColumn } from '../platform/database/columns.js';

/** A list as one person likes to see it. Its place bounds how many a person has, also under a race. */
@Entity('saved_view')
@Index('uq_saved_view_name', ['userId', 'listName', 'name'], { unique: true })
@Index('uq_saved_view_place', ['userId', 'listName', 'place'], { unique: true })
@Check('ck_saved_view_place', 'place between 1 and 50')
export class SavedViewEntity {
  @PrimaryColumn(uuidColumn)
  id!: string;

  @Column(uuidColumn)
  userId!: string;

  @Column({ type: 'varchar', length: 40, charset: 'ascii', collation: 'ascii_bin' })
  listName!: string;

  @Column({ type: 'tinyint' })
  place!: number;

  @Column({ type: 'varchar', length: 60 })
  name!: string;

  @Column({ type: 'longtext' })
  state!: string;

  @Column(timeColumn)
  createdAt!: Date;

  @Column(timeColumn)
  updatedAt!: Date;
}
