import { Inject, Injectable } from '@nestjs/common';
import { DrillPlanning } from '../drills/drill-planning.service.js';
import { DrillRunning } from '../drills/drill-running.service.js';
import { DrillViews } from '../drills/drill-views.service.js';
import type { PlanWish } from '../drills/drills.types.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { GroupViews } from '../resilience/group-views.service.js';
import { SystemSites } from '../resources/system-sites.service.js';
import { done, type People } from './journey-people.js';

const HOUR_MS = 3_600_000;
const TALKED = '同城主中心供电中断 2 小时，核心业务须在 30 分钟内由另一中心接管（桌面推演）';
const TO_TRY = '同城主中心整体不可用，在隔离环境用副本恢复全部虚拟机并验证业务';

/** 容灾演练 of the tour's own system: one that was talked through, with its report, and one on copies that waits to be begun. */
@Injectable()
export class DemonstrationDrills {
  constructor(
    private readonly planning: DrillPlanning,
    private readonly running: DrillRunning,
    private readonly views: DrillViews,
    private readonly groups: GroupViews,
    private readonly sites: SystemSites,
    private readonly facilities: FacilitiesService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Where no group of the department has formed there is nothing to drill. */
  async run({ authority, duty, head, workers: { recovery } }: People): Promise<void> {
    const groups = (await this.groups.all(WHOLE_PROVINCE)).filter(
      ({ departmentId }) => departmentId === head.departmentId,
    );
    const [group] = groups;
    if (!group) return;
    const plannedAt = this.clock.now();
    const wish = { groupId: group.id, plannedAt, cleanupHours: 4, items: [] };
    const talked = await this.planned(recovery, head, { ...wish, kind: 'TABLETOP', centerId: null, scenario: TALKED });
    await done(this.planning.precheck(recovery, WHOLE_PROVINCE, await this.on(talked)));
    await done(this.running.start(recovery, WHOLE_PROVINCE, await this.on(talked)));
    for (const [index, by] of [duty, recovery, authority, head].entries()) {
      const press = { ...(await this.on(talked)), number: index + 1, done: true, note: '' };
      await done(this.running.press(by, WHOLE_PROVINCE, press));
    }
    await done(this.running.finish(recovery, WHOLE_PROVINCE, await this.on(talked)));
    const centerId = await this.centerOf(group.systemId);
    if (centerId === null) return;
    const items = [{ title: '核对窗口业务办件与对账', limitSeconds: 900 }];
    const later = { ...wish, plannedAt: new Date(plannedAt.getTime() + HOUR_MS), items };
    await this.planned(recovery, head, { ...later, kind: 'SIMULATED', centerId, scenario: TO_TRY });
  }

  private async planned(by: Viewer, approver: Viewer, wish: Omit<PlanWish, 'idempotencyKey'>): Promise<string> {
    const id = await done(this.planning.plan(by, WHOLE_PROVINCE, { ...wish, idempotencyKey: newId() }));
    return done(this.planning.approve(approver, WHOLE_PROVINCE, await this.on(id)));
  }

  /** The standby's, where there is one; else the other of the city. */
  private async centerOf(systemId: string): Promise<string | null> {
    const centers = await this.facilities.centers();
    const here = new Set(
      (await this.sites.standing([systemId])).filter(({ there }) => there).map(({ centerId }) => centerId),
    );
    const byRole = (['RECOVERY', 'ACTIVE_B', 'ACTIVE_A'] as const).map((role) =>
      centers.find((center) => center.role === role && here.has(center.id)),
    );
    return byRole.find((center) => center !== undefined)?.id ?? null;
  }

  private async on(id: string) {
    const row = await this.views.byId(WHOLE_PROVINCE, id);
    return { id, expectedVersion: row?.version ?? 0, idempotencyKey: newId() };
  }
}
