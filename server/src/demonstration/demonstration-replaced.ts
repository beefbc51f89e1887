import { Inject, Injectable } from '@nestjs/common';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { WHOLE_PROVINCE } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { UNSCHEDULABLE_MAX_MS } from '../replacements/domain/replace-task.js';
import { Replacements } from '../replacements/replacements.service.js';
import type { ReplaceTaskRow } from '../replacements/replacements.types.js';
import { ResourcesService } from '../resources/resources.service.js';
import type { People } from './journey-people.js';

const HOUR_MS = 3_600_000;
/** How long ago, and how it ended: one was placed by a person, for the other its cluster found a node. */
const PAST = [
  { hoursAgo: 52, tookMs: 26 * 60_000, state: 'PLACED' },
  { hoursAgo: 7, tookMs: 14 * 60_000, state: 'SCHEDULED' },
] as const;
const SCHEDULER =
  '0/4 nodes are available: 1 node(s) were unschedulable, 3 Insufficient memory. preemption: 0/4 nodes are available: 4 No preemption victims found for incoming pod.';
const REASON = '该中心两台节点检修未恢复，改在同城另一中心开通，规格与费用不变。';

/** 改放任务 of the days before: machines that are made now, and had to wait for a node. */
@Injectable()
export class DemonstrationReplaced {
  constructor(
    private readonly replacements: Replacements,
    private readonly resources: ResourcesService,
    private readonly facilities: FacilitiesService,
    private readonly work: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Where there is no past there are none. */
  async run({ allocator }: People): Promise<void> {
    const filter = { states: ['IN_USE' as const], origin: 'REQUEST' as const };
    const { rows } = await this.resources.page(WHOLE_PROVINCE, filter, 'NEWEST', { first: 60, after: null });
    const pools = (await this.facilities.allPools()).filter(({ kind }) => kind === 'DRIVEN');
    const now = this.clock.now().getTime();
    const tasks: ReplaceTaskRow[] = [];
    for (const machine of rows) {
      const past = PAST[tasks.length];
      const other = pools.find(
        ({ architecture, centerId, zone }) =>
          centerId !== machine.centerId && architecture === machine.architecture && zone === machine.zone,
      );
      if (!past || !other?.centerId || machine.centerId === null || machine.management !== 'DRIVEN') continue;
      const openedAt = new Date(now - past.hoursAgo * HOUR_MS);
      const isPlaced = past.state === 'PLACED';
      const here = { centerId: machine.centerId, poolId: machine.poolId };
      tasks.push({
        id: newId(openedAt.getTime()),
        ...{ resourceId: machine.id, departmentId: machine.departmentId, systemId: machine.systemId },
        ...(isPlaced ? { centerId: other.centerId, poolId: other.id } : here),
        ...{ state: past.state, schedulerText: SCHEDULER, openedAt, live: null, version: 2 },
        refusedSince: new Date(openedAt.getTime() - UNSCHEDULABLE_MAX_MS),
        closedAt: new Date(openedAt.getTime() + past.tookMs),
        ...{ toCenterId: isPlaced ? here.centerId : null, toPoolId: isPlaced ? here.poolId : null },
        ...{ decidedBy: isPlaced ? allocator.name : null, reason: isPlaced ? REASON : null },
      });
    }
    await this.work.run((tx) => this.replacements.takeOver(tx, tasks));
  }
}
