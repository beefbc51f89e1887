import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { eachAlone } from '../platform/concurrency/each-alone.js';
import type { Clusters } from '../provisioning/domain/ports.js';
import { DrillDriver } from './drill-driver.service.js';
import { DrillRecord } from './drill-record.service.js';
import { DrillsRepository } from './drills.repository.js';

/** One round: copies are driven on, and what has stood longer than it may begins to be taken away. */
@Injectable()
export class DrillSweep {
  constructor(
    private readonly repository: DrillsRepository,
    private readonly driver: DrillDriver,
    private readonly record: DrillRecord,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(clusters: Pick<Clusters, 'of'>): Promise<void> {
    const late = await this.repository.overdue(this.clock.now());
    await eachAlone(late, (row) => this.record.expire(row));
    await this.driver.run(clusters, this.clock.now());
  }

  release(): Promise<void> {
    return this.driver.release();
  }
}
