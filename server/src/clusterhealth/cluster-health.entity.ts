import { Column, Entity, PrimaryColumn } from 'typeorm';
import { jsonColumn, timeColumn, uuidColumn } from '../platform/database/columns.js';
import type { ClusterVitals } from './domain/cluster-vitals.js';

/** What the worker that drives a center last said of it. */
@Entity('cluster_vitals')
export class ClusterVitalsEntity {
  @PrimaryColumn(uuidColumn)
  centerId!: string;
  @Column(timeColumn)
  reportedAt!: Date;
  @Column(jsonColumn)
  vitals!: ClusterVitals;
}
