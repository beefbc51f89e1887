/** Decides which steps the work of each kind has, and which of them want evidence. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { WorkOrderKind } from './work-order.js';

export interface StepPlan {
  readonly key: string;
  readonly title: Bilingual;
  /** A photograph or a document shows that it was done. */
  readonly evidence: boolean;
}

const step = (key: string, zh: string, en: string, evidence = false): StepPlan => ({
  key,
  title: say(zh, en),
  evidence,
});
const identity = step('identity', '核对人员与证件', 'Check people and papers');
const labels = step('labels', '核对设备标签与序列号', 'Check labels and serials', true);
const tidy = step('tidy', '清理现场并关门', 'Tidy up and close the doors');

export const STEPS_OF_KIND: { readonly [K in WorkOrderKind]: readonly StepPlan[] } = {
  MOVE_IN: [
    identity,
    labels,
    step('inspect', '开箱验货，外观无损', 'Unpack and inspect for damage', true),
    step('store', '入库登记', 'Enter into the store'),
  ],
  RACK: [
    identity,
    labels,
    step('mount', '按U位安装导轨与设备', 'Mount rails and equipment at the units', true),
    step('ground', '接地与固定检查', 'Check grounding and fixing'),
    tidy,
  ],
  CABLE: [
    step('ports', '核对交换机端口与插座', 'Check switch ports and sockets'),
    step('cable', '布线并贴标签', 'Run and label the cables', true),
    step('test', '链路测试', 'Test the links', true),
    tidy,
  ],
  POWER_ON: [
    step('sockets', '核对A、B路插座', 'Check sockets of feeds A and B'),
    step('load', '加电前测量负载', 'Measure the load before power-on', true),
    step('power', '逐台加电，观察告警', 'Power on one by one, watch the alarms', true),
    step('after', '加电后复测负载', 'Measure the load after power-on'),
  ],
  UNRACK: [
    identity,
    step('shutdown', '确认业务已停、设备已关机', 'Business stopped, equipment shut down'),
    labels,
    step('unmount', '断电、拆线、下架', 'Cut power, unplug, unmount', true),
    tidy,
  ],
  MOVE_OUT: [
    identity,
    labels,
    step('media', '核对存储介质处置', 'Check what becomes of storage media', true),
    step('slip', '门岗核对出门条放行', 'The gate checks the release slip', true),
  ],
  ENTRY: [
    identity,
    step('in', '登记入室、交存物品', 'Enter, deposit belongings'),
    step('escort', '全程陪同', 'Escort all the time'),
    step('out', '登记离室', 'Leave', true),
  ],
  DELIVERY: [
    step('prepare', '按明细准备资源', 'Prepare the resources by the line'),
    step('deliver', '完成装机或开通', 'Install or open', true),
    step('check', '交付前检查', 'Check before hand-over', true),
  ],
  CHANGE: [
    step('agree', '与使用单位约定时间，核对现有规格', 'Agree on a time with the department, check what is there'),
    step('change', '按明细调整', 'Change it by the line', true),
    step('check', '核对调整后的规格与业务', 'Check the new size and that it works', true),
  ],
  RELEASE: [
    step('shutdown', '确认业务已停、数据无须保留', 'Business stopped, no data to keep'),
    step('remove', '在所在平台删除并清除数据', 'Remove it from its platform and wipe its data', true),
    step('check', '核对配额与地址已收回', 'Check that its quota and addresses are back'),
  ],
  SERVICE: [
    step('configure', '按申请内容配置', 'Configure as requested'),
    step('check', '验证结果', 'Check the result', true),
  ],
  SERVICE_END: [
    step('agree', '确认业务已停用，数据无须保留', 'Nothing uses it any more, no data to keep'),
    step('remove', '停用并清除配置', 'Take it down and clear its settings', true),
    step('check', '验证已停用', 'Check that it is gone'),
  ],
  NETWORK_POLICY: [
    step('review', '核对策略五元组', 'Check source, target, protocol, ports, direction'),
    step('configure', '在防火墙或平台配置', 'Configure firewall or platform', true),
    step('check', '连通性验证', 'Check the connection', true),
  ],
  BACKUP: [
    step('configure', '在备份平台配置任务', 'Configure the job on the backup platform', true),
    step('first', '完成首次备份', 'Complete the first backup', true),
    step('restore', '抽样恢复验证', 'Restore a sample', true),
  ],
  POLICY_REMOVAL: [
    step('remove', '在防火墙或平台撤除策略', 'Remove it from firewall or platform', true),
    step('check', '验证已不可达', 'Check that nothing gets through', true),
  ],
  RESTORE: [
    step('agree', '与使用单位核对恢复点与位置', 'Agree on point and place with the department'),
    step('restore', '执行恢复', 'Restore', true),
    step('verify', '使用单位核对数据', 'The department checks the data', true),
    step('measure', '登记用时并清理临时数据', 'Note how long it took, clear what is temporary'),
  ],
};
