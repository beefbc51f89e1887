import { Injectable } from '@nestjs/common';
import type { StandardChange } from '../duty/domain/standard-changes.js';
import { StandardChanges } from '../duty/standard-changes.service.js';
import type { Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { made } from './journey-people.js';

const usual = { impact: 'ONE', urgency: 'LOW', maxMinutes: 60, maxSubjects: 1 } as const;

/** What a government data center does every week, and has approved once for all. */
const ENTRIES: readonly StandardChange[] = [
  {
    ...{ ...usual, key: 'BZ-01', title: '更换单路光模块', maxMinutes: 30 },
    plan: '1. 确认另一路在线且无误码\n2. 关闭本路端口，更换模块\n3. 打开端口，观察 10 分钟误码与光功率',
    rollbackPlan: '换回原模块，打开端口；仍有误码则保持关闭并登记事件',
  },
  {
    ...{ ...usual, key: 'BZ-02', title: '时钟源切换至备用服务器', maxSubjects: 0, maxMinutes: 30 },
    plan: '1. 记录各节点当前偏差\n2. 改写 NTP 上级\n3. 30 分钟内逐一核对偏差小于 50 ms',
    rollbackPlan: '改回原上级，核对偏差',
  },
  {
    ...{ ...usual, key: 'BZ-03', title: '更新业务域名证书', maxMinutes: 60 },
    plan: '1. 备份现用证书\n2. 装入新证书，重载代理（不断开连接）\n3. 从外部核对有效期与证书链',
    rollbackPlan: '装回备份的证书并重载代理',
  },
  {
    ...{ ...usual, key: 'BZ-04', title: '磁盘告警阈值调整', maxSubjects: 5 },
    plan: '在监控平台调整所列虚拟机的磁盘告警阈值，并触发一次测试告警',
    rollbackPlan: '恢复原阈值',
  },
];

/** 标准变更目录, drafted by who runs the desk and put in force by the leader. */
@Injectable()
export class DemonstrationStandards {
  constructor(private readonly standards: StandardChanges) {}

  async run(operator: Viewer, leader: Viewer): Promise<void> {
    const note = '首版：四项低风险、常做的变更';
    const { id } = await made(this.standards.begin(operator, note, newId()));
    const saved = { id, expectedVersion: 1, idempotencyKey: newId() };
    await made(this.standards.save(operator, saved, { note, content: { entries: ENTRIES } }));
    await made(this.standards.publish(leader, { id, expectedVersion: 2, idempotencyKey: newId() }));
  }
}
