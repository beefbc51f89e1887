import { Inject, Injectable } from '@nestjs/common';
import { DrillGrounds } from '../drills/drill-grounds.service.js';
import { DrillPlanning } from '../drills/drill-planning.service.js';
import { DrillRunning } from '../drills/drill-running.service.js';
import { DrillViews } from '../drills/drill-views.service.js';
import type { PlanWish } from '../drills/drills.types.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { GroupActs } from '../resilience/group-acts.service.js';
import { GroupViews } from '../resilience/group-views.service.js';
import { DemonstrationPastDrills } from './demonstration-past-drills.js';
import { done, made, type People } from './journey-people.js';

const HOUR_MS = 3_600_000;
const TALKED = '同城主中心供电中断 2 小时，核心业务须在 30 分钟内由另一中心接管（桌面推演）';
const UNDER_WAY = '同城两中心间链路中断，仲裁判定由主中心继续服务，业务部门确认数据一致（桌面推演）';
const TO_TRY = '本中心机房整体断电，在隔离环境用副本恢复全部虚拟机并验证业务';

/** As people of the tour's department would promise it; what was talked through is measured against it. */
const TARGETS = {
  ...{ level: 4, rtoSeconds: 3_600, rpoSeconds: 86_400, dooSeconds: 1_800, nroSeconds: 900 },
  elements: {
    ...{ DATA_BACKUP: 4, STANDBY_PROCESSING: 4, STANDBY_NETWORK: 4, STANDBY_PREMISES: 5 },
    ...{ TECHNICAL_SUPPORT: 4, OPERATIONS: 4, DR_PLAN: 3 },
  },
};

/** 容灾演练 of the tour's own system: one that was talked through, with its report, and one on copies that waits to be begun. */
@Injectable()
export class DemonstrationDrills {
  constructor(
    private readonly planning: DrillPlanning,
    private readonly running: DrillRunning,
    private readonly views: DrillViews,
    private readonly groups: GroupViews,
    private readonly grounds: DrillGrounds,
    private readonly acts: GroupActs,
    private readonly past: DemonstrationPastDrills,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Where no group of the department has formed there is nothing to drill. */
  async run({ authority, duty, head, workers: { recovery } }: People): Promise<void> {
    await this.past.run({ authority, duty, recovery });
    const own = (await this.groups.all(WHOLE_PROVINCE)).filter(
      ({ departmentId }) => departmentId === head.departmentId,
    );
    const place = await this.easiest(own.map(({ id }) => id));
    const group = own.find(({ id }) => id === place?.groupId) ?? own[0];
    if (!group) return;
    const promise = { groupId: group.id, expectedVersion: group.version, targets: TARGETS };
    await made(
      this.acts.setTargets(recovery, WHOLE_PROVINCE, { ...promise, reason: '按四级建设', idempotencyKey: newId() }),
    );
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
    await this.underWay({ authority, recovery, duty }, head.departmentId, plannedAt);
    if (!place) return;
    const items = [{ title: '核对窗口业务办件与对账', limitSeconds: 900 }];
    const later = { ...wish, plannedAt: new Date(plannedAt.getTime() + HOUR_MS), items };
    await this.planned(recovery, head, {
      ...{ ...later, kind: 'SIMULATED', centerId: place.centerId, scenario: TO_TRY },
    });
  }

  /** Of another department, half through: its group is not free for anything else until it is closed. */
  private async underWay(
    { authority, duty, recovery }: { authority: Viewer; duty: Viewer; recovery: Viewer },
    ownDepartmentId: string | null,
    plannedAt: Date,
  ): Promise<void> {
    const others = (await this.groups.all(WHOLE_PROVINCE)).filter(
      ({ departmentId, localMode }) => departmentId !== ownDepartmentId && localMode === 'DUAL_ACTIVE',
    );
    const group = others.at(-1);
    if (!group) return;
    const wish = { groupId: group.id, plannedAt, cleanupHours: 4, items: [], centerId: null };
    const id = await this.planned(recovery, authority, { ...wish, kind: 'TABLETOP', scenario: UNDER_WAY });
    await done(this.planning.precheck(recovery, WHOLE_PROVINCE, await this.on(id)));
    await done(this.running.start(recovery, WHOLE_PROVINCE, await this.on(id)));
    for (const [index, by] of [duty, recovery].entries())
      await done(
        this.running.press(by, WHOLE_PROVINCE, { ...(await this.on(id)), number: index + 1, done: true, note: '' }),
      );
  }

  /** Whoever looks round presses 演练前检查 next: of the places that have the room, the one with the fewest machines. */
  private async easiest(groupIds: readonly string[]): Promise<{ groupId: string; centerId: string } | null> {
    const places = await Promise.all(
      groupIds.map(async (groupId) =>
        (await this.grounds.places(groupId)).flatMap(({ center, machines, ok }) =>
          ok ? { groupId, machines, centerId: center.id } : [],
        ),
      ),
    );
    return places.flat().toSorted((a, b) => a.machines - b.machines)[0] ?? null;
  }

  private async planned(by: Viewer, approver: Viewer, wish: Omit<PlanWish, 'idempotencyKey'>): Promise<string> {
    const id = await done(this.planning.plan(by, WHOLE_PROVINCE, { ...wish, idempotencyKey: newId() }));
    return done(this.planning.approve(approver, WHOLE_PROVINCE, await this.on(id)));
  }

  private async on(id: string) {
    const row = await this.views.byId(WHOLE_PROVINCE, id);
    return { id, expectedVersion: row?.version ?? 0, idempotencyKey: newId() };
  }
}
