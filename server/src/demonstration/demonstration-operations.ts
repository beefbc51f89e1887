import { Injectable } from '@nestjs/common';
import { WHOLE_PROVINCE } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import type { PowerAction } from '../resources/domain/power-actions.js';
import { ResourceLife } from '../resources/resource-life.service.js';
import { ResourcePower } from '../resources/resource-power.service.js';
import { ResourceSnapshots } from '../resources/resource-snapshots.service.js';
import { ResourcesService } from '../resources/resources.service.js';
import type { ResourceRow } from '../resources/resources.types.js';
import { done, own, type People } from './journey-people.js';

/** Enough to find machines that nothing else of this morning was done to: the newest are changed and reclaimed. */
const LOOKED_AT = 100;

/** What was done this morning to machines of the past that run, by their department and by the center on duty. */
@Injectable()
export class DemonstrationOperations {
  constructor(
    private readonly resources: ResourcesService,
    private readonly life: ResourceLife,
    private readonly power: ResourcePower,
    private readonly snapshots: ResourceSnapshots,
  ) {}

  /** Where there is no past there is nothing to operate. */
  async run(people: People): Promise<void> {
    const [upgraded, moved, asleep, retired] = await this.untouched(people);
    const { applicant } = people;
    if (upgraded) {
      const wish = { resourceId: upgraded.id, name: '中间件升级前', reason: '', idempotencyKey: newId() };
      await done(this.snapshots.take(applicant, own(applicant), wish));
    }
    if (moved) {
      await this.press(people, moved, 'STOP', '所在主机内存告警，停机更换内存条（工单 YW-1129）');
      await this.press(people, moved, 'START', '内存条已更换，恢复运行');
    }
    if (asleep) await this.press(people, asleep, 'STOP', null);
    if (retired) await this.retire(people, retired);
  }

  /** Its system is replaced; its data stay for a while, in case the new one lacks some of them. */
  private async retire({ applicant }: People, { id, name, version }: ResourceRow): Promise<void> {
    const wish = () => ({ resourceId: id, confirmName: name, idempotencyKey: newId() });
    const reason = '旧版报送服务下线，数据盘保留两周备查';
    await done(
      this.life.release(applicant, own(applicant), { ...wish(), expectedVersion: version, reason, keepDiskDays: 14 }),
    );
    await done(this.life.purge(applicant, own(applicant), { ...wish(), expectedVersion: version + 1 }));
  }

  /** @param reason of the center's engineer on duty; null = its department does it. */
  private async press(people: People, row: ResourceRow, action: PowerAction, reason: string | null): Promise<void> {
    const { applicant, duty } = people;
    const [viewer, scope] = reason === null ? [applicant, own(applicant)] : [duty, WHOLE_PROVINCE];
    const now = await this.resources.inScope(WHOLE_PROVINCE, row.id);
    await done(
      this.power.operate(viewer, scope, {
        resourceId: row.id,
        action,
        reason: reason ?? '',
        expectedVersion: now?.version ?? row.version,
        idempotencyKey: newId(),
      }),
    );
  }

  private async untouched({ applicant }: People): Promise<ResourceRow[]> {
    const page = { first: LOOKED_AT, after: null };
    const { rows } = await this.resources.page(own(applicant), { states: ['IN_USE'] }, 'NEWEST', page);
    return rows
      .filter(
        ({ management, openChangeCode, standby }) => management === 'DRIVEN' && !standby && openChangeCode === null,
      )
      .toReversed();
  }
}
