import { addDays, type CalendarDate } from '../kernel/calendar.js';
import type { OutageLayer } from '../outages/domain/outage.js';
import type { ContractKind } from '../spend/domain/contract.js';
import { checkSignOf } from '../spend/domain/credit-code.js';

/** Companies that there are not: names, codes and sums are invented, near what public tenders of provinces come to. */
interface MadeUpSupplier {
  readonly creditCode: string;
  readonly name: string;
  readonly contact: string;
  readonly phone: string;
}

/** Yuan of the whole year; weights of centers A, B and the recovery center. */
export interface MadeUpContract {
  readonly supplier: number;
  readonly number: string;
  readonly name: string;
  readonly kind: ContractKind;
  readonly yuan: bigint;
  readonly weights: readonly [number, number, number];
  readonly services: readonly (readonly [name: string, unit: string, unitPrice: string])[];
  readonly assessed: boolean;
  /** 预付款: yuan that go before anything is accepted, drawn down by what is accepted first. */
  readonly advanceYuan?: bigint;
  /** Nobody but who entered it has looked at it yet. */
  readonly waits?: true;
}

const codeOf = (body: string): string => `${body}${checkSignOf(body)}`;

export const MADE_UP_SUPPLIERS: readonly MadeUpSupplier[] = [
  ['91320000MA1W2K3X7', '江南云数科技股份有限公司', '周启明', '025-5550-1001'],
  ['91320100MA2H5J8Q6', '金陵数据港运营有限公司', '吴海平', '025-5550-1002'],
  ['91320500134767893', '太湖通信网络有限公司', '沈一诺', '0512-5550-1003'],
  ['91320102MA27R4T1Y', '苏安信息安全技术有限公司', '韩立', '025-5550-1004'],
  ['91320594MA1XJ5K7P', '同舟系统运维服务有限公司', '钱进', '0512-5550-1005'],
].map(([body = '', name = '', contact = '', phone = '']) => ({ creditCode: codeOf(body), name, contact, phone }));

export const MADE_UP_CONTRACTS: readonly MadeUpContract[] = [
  {
    ...{ supplier: 0, number: '苏数采〔{year}〕1 号', name: '省级政务云平台服务', kind: 'CLOUD_PLATFORM' },
    ...{ yuan: 5_840_000n, weights: [5, 4, 1], assessed: true },
    services: [
      ['鲲鹏计算（vCPU）', '核·月', '18.500000'],
      ['内存', 'GiB·月', '9.200000'],
      ['SSD 存储', 'GiB·月', '0.380000'],
    ],
  },
  {
    ...{ supplier: 1, number: '苏数采〔{year}〕2 号', name: '三中心机房托管与电力', kind: 'HOSTING' },
    ...{ yuan: 2_190_000n, weights: [3, 3, 2], assessed: true },
    services: [
      ['标准机柜', '柜·月', '3900.000000'],
      ['电力', 'kWh', '0.683500'],
    ],
  },
  {
    ...{ supplier: 2, number: '苏数采〔{year}〕5 号', name: '同城双活与异地灾备专线', kind: 'NETWORK' },
    ...{ yuan: 912_500n, weights: [1, 1, 1], assessed: false },
    services: [['100 Gbps 裸光纤', '条·月', '38000.000000']],
  },
  {
    ...{ supplier: 3, number: '苏数采〔{year}〕7 号', name: '云平台安全服务', kind: 'SECURITY' },
    ...{ yuan: 547_500n, weights: [2, 2, 1], assessed: false },
    services: [['主机安全防护', '台·月', '36.000000']],
  },
  {
    // Of the platform as a whole: no center is named, and it stands unallocated until somebody says whose it is.
    ...{ supplier: 4, number: '苏数采〔{year}〕9 号', name: '云管平台运维与统筹服务', kind: 'MAINTENANCE' },
    ...{ yuan: 365_000n, weights: [0, 0, 0], assessed: true, advanceYuan: 109_500n },
    services: [['驻场运维', '人·月', '15200.000000']],
  },
  {
    ...{ supplier: 0, number: '苏数采〔{year}〕18 号', name: '海光资源池扩容服务（年中追加）', kind: 'CLOUD_PLATFORM' },
    ...{ yuan: 960_000n, weights: [1, 1, 0], assessed: false, waits: true },
    services: [['海光计算（vCPU）', '核·月', '21.300000']],
  },
];

/** Bought years ago and still written off. */
export const MADE_UP_ASSETS: readonly (readonly [
  code: string,
  name: string,
  center: 0 | 1 | 2,
  yearsBefore: number,
  yuan: bigint,
  lifeMonths: number,
  maintenanceYuan: bigint,
  powerYuan: bigint,
])[] = [
  ['ZC-A-CC-001', '集中式全闪存储阵列（A 中心）', 0, 2, 2_880_000n, 72, 7_200n, 3_100n],
  ['ZC-B-CC-001', '集中式全闪存储阵列（B 中心）', 1, 2, 2_880_000n, 72, 7_200n, 3_050n],
  ['ZC-C-BF-001', '异地备份一体机（C 中心）', 2, 3, 990_000n, 60, 3_200n, 1_450n],
  ['ZC-A-HX-002', '核心交换机组（A 中心）', 0, 4, 720_000n, 96, 2_400n, 900n],
  ['ZC-B-GX-003', '光纤存储交换机组（B 中心）', 1, 6, 468_000n, 96, 1_600n, 600n],
  ['ZC-C-FW-004', '异地汇聚防火墙（C 中心）', 2, 7, 216_000n, 96, 900n, 260n],
];

interface Quarter {
  readonly from: CalendarDate;
  /** The day after its last. */
  readonly to: CalendarDate;
  readonly name: string;
}

/** Quarters of the year that are over. */
export function quartersDone(year: number, today: CalendarDate): Quarter[] {
  const starts = [`${year}-01-01`, `${year}-04-01`, `${year}-07-01`, `${year}-10-01`, `${year + 1}-01-01`];
  return starts
    .slice(0, 4)
    .map((from, at) => ({ from, to: starts[at + 1] ?? from, name: `${year} 年第 ${at + 1} 季度` }))
    .filter(({ to }) => to <= today);
}

interface MadeUpInstalment {
  readonly dueOn: CalendarDate;
  readonly amount: bigint;
  readonly condition: string;
  /** Of the year, from 0; null = it is paid in advance. */
  readonly quarter: number | null;
}

/** What is accepted of each quarter: four equal parts, the last takes what does not divide. */
export function quarterParts(fen: bigint): bigint[] {
  const part = fen / 4n;
  return [part, part, part, fen - 3n * part];
}

/** Paid a month after their quarter; what was paid in advance is drawn down by the first of them. */
export function planOf(year: number, fen: bigint, advance = 0n): MadeUpInstalment[] {
  let out = advance;
  const ofQuarters = quartersDone(year, `${year + 1}-01-01`).map(({ to, name }, at): MadeUpInstalment => {
    const part = quarterParts(fen)[at] ?? 0n;
    const drawn = out < part ? out : part;
    out -= drawn;
    const condition = `${name}服务验收合格后 30 日内${drawn > 0n ? '，扣回预付款' : ''}`;
    return { dueOn: addDays(to, 30), amount: part - drawn, condition, quarter: at };
  });
  const first = { dueOn: `${year}-01-20`, amount: advance, condition: '合同生效后 20 日内预付', quarter: null };
  return [...(advance > 0n ? [first] : []), ...ofQuarters].filter(({ amount }) => amount > 0n);
}

/** What was down: day of a month, Shanghai's hour and minute, minutes, center, and why it is nobody's fault where it is not. */
export interface MadeUpOutage {
  readonly day: number;
  readonly time: string;
  readonly minutes: number;
  readonly center: number;
  readonly layer: OutageLayer;
  readonly title: string;
  readonly excuse: string | null;
}

const outage = (
  [day, time, minutes]: readonly [number, string, number],
  center: number,
  layer: OutageLayer,
  title: string,
  excuse: string | null = null,
): MadeUpOutage => ({ day, time, minutes, center, layer, title, excuse });

/** Of the month in the first quarter of which something was deducted. */
export const MADE_UP_PAST_OUTAGES: readonly MadeUpOutage[] = [
  outage([9, '09:12', 78], 0, 'PLATFORM', '存储控制器故障'),
  outage([21, '01:00', 60], 1, 'PLATFORM', '平台升级回退', '与使用单位约定的升级窗口'),
];
/** Of the last month: nobody in finance has looked at it yet. */
export const MADE_UP_LAST_OUTAGES: readonly MadeUpOutage[] = [
  outage([6, '14:05', 42], 0, 'PLATFORM', '管理网交换机重启，控制面中断'),
  outage([6, '14:30', 35], 0, 'PLATFORM', '部分云主机不可达'),
  outage([17, '03:20', 55], 1, 'POWER', '列头柜空开跳闸', '市电波动，非托管方责任'),
  outage([12, '15:40', 96], 1, 'ROOM', '精密空调停机，两列机柜超温保护停机'),
  outage([24, '22:10', 18], 0, 'NETWORK', '同城专线抖动'),
];
export const MADE_UP_RULE = {
  bands: [
    { below: 9_995, deduct: 300 },
    { below: 9_990, deduct: 500 },
    { below: 9_900, deduct: 1_500 },
  ],
  cap: 2_000,
};
