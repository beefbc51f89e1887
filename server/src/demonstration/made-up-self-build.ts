import type { Assumption, AssumptionKey } from '../selfbuild/domain/assumptions.js';

const said = (value: string, note: string): Omit<Assumption, 'key'> => ({ value, source: 'PUBLIC', note });
/** Of nobody's word but ours: the page says so beside each. */
const assumed = (value: string, why: string): Omit<Assumption, 'key'> => ({
  ...{ value, source: 'ASSUMED' },
  note: `演示假设，非报价：${why}`,
});

/**
 * What the demonstration assumes about building for oneself. No public price list says most of it; where one says
 * something (reference finance.md §5), it is named, weak sources as weak ones.
 */
const VALUES: { readonly [K in AssumptionKey]: Omit<Assumption, 'key'> } = {
  HOST_VCPU: assumed('96', '双路 32 核主机，超线程后扣除虚拟化开销'),
  HOST_MEMORY_GIB: assumed('512', '与 96 vCPU 相配的常见内存'),
  HOST_PRICE: assumed('85000', '信创双路主机，单位零星采购价'),
  HOST_POWER: assumed('600', '平均运行功率，非铭牌功率'),
  HOST_HEIGHT: assumed('2', '2U 机架式'),
  SERVER_PRICE: assumed('70000', '与主机同代、内存较小'),
  SERVER_POWER: assumed('450', '平均运行功率'),
  SERVER_HEIGHT: assumed('2', '2U 机架式'),
  ACCELERATOR_PRICE: assumed('60000', '每张，不区分型号'),
  ACCELERATOR_POWER: assumed('300', '每张平均运行功率'),
  NETWORK_PART: assumed('12', '交换、防火墙等按设备购置额的比例'),
  LIFE: assumed('5', '按五年更换一轮'),
  SSD_PRICE: assumed('4500', '每 TiB 可用容量，含阵列控制器摊分'),
  HDD_PRICE: assumed('1200', '每 TiB 可用容量，含阵列控制器摊分'),
  STORAGE_POWER: assumed('15', '每 TiB 可用容量'),
  STORAGE_HEIGHT: assumed('6', '每 100 TiB 可用容量'),
  CABINET_RENT: said('300', '公开报价 1U 机位 300–800 元/月，取下限（aliyunyh.com/473803，来源较弱）'),
  SPACE_POWER: assumed('200', '自有设备每 U 平均功率'),
  PUE: assumed('1.6', '单位自有小机房，高于大型数据中心'),
  ELECTRICITY: assumed('0.65', '一般工商业用电综合价'),
  SITE_LINE: assumed('120000', '每增加一处机房的互联专线'),
  SOFTWARE_PRICE: assumed('25000', '每台主机的虚拟化与操作系统授权'),
  SOFTWARE_SUPPORT: assumed('15', '授权费的年度服务比例'),
  MAINTENANCE: said('3000', '公开报价维保（次工作日）3000–8000 元/台/年，取下限（hkyyi.com，来源较弱）'),
  MAINTENANCE_PART: assumed('6', '存储与网络设备过保后的年度维保比例'),
  WARRANTY: assumed('3', '随机三年质保'),
  MACHINES_PER_PERSON: assumed('50', '每名运维人员管理的物理机'),
  PEOPLE_MIN: assumed('1', '至少一人，兼顾值守'),
  PERSON_COST: assumed('150000', '外包运维人员年度费用'),
  RESERVE_PART: assumed('25', '业务峰值与故障切换所需的闲置余量'),
  HOSTS_MIN: assumed('3', '一个集群少于三台无法多数表决'),
};

export const MADE_UP_ASSUMPTIONS: readonly Assumption[] = Object.entries(VALUES).map(([key, value]) => ({
  key: key as AssumptionKey,
  ...value,
}));
