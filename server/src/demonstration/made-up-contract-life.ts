import type { ContractTerms } from '../spend/domain/contract.js';
import type { SupplementWish } from '../spend/supplements.service.js';

/** A supplement of one of the made-up contracts, by its place among them. */
interface MadeUpSupplement
  extends Pick<SupplementWish, 'number' | 'signedOn' | 'from' | 'reason' | 'ceiling' | 'to' | 'services'> {
  readonly contract: number;
  /** Nobody but who entered it has looked at it yet. */
  readonly waits?: true;
}

/** In the middle of the year the platform became cheaper and larger; hosting is to go on for a quarter. */
export const supplementsOf = (year: number): readonly MadeUpSupplement[] => [
  {
    ...{ contract: 0, number: `苏数采〔${year}〕1 号补 1`, signedOn: `${year}-06-20`, from: `${year}-07-01` },
    ...{ ceiling: 620_000_000n, to: null },
    reason: '纳入海光资源池，上限相应增加；SSD 存储按年中议价结果下调',
    services: [
      { name: '鲲鹏计算（vCPU）', unit: '核·月', unitPrice: '18.500000' },
      { name: '海光计算（vCPU）', unit: '核·月', unitPrice: '21.300000' },
      { name: '内存', unit: 'GiB·月', unitPrice: '9.200000' },
      { name: 'SSD 存储', unit: 'GiB·月', unitPrice: '0.340000' },
    ],
  },
  {
    ...{ contract: 1, number: `苏数采〔${year}〕2 号补 1`, signedOn: `${year}-11-10`, from: `${year}-11-16` },
    ...{ ceiling: null, to: `${year + 1}-04-01`, services: null, waits: true },
    reason: '新一轮采购未完成，服务期顺延一个季度，上限不变',
  },
];

/** A small firm, of which a part is paid before it has done anything; nothing of it is accepted yet. */
export const drillContract = (year: number): Omit<ContractTerms, 'shares'> => ({
  ...{ number: `苏数采〔${year}〕21 号`, name: '异地灾备切换演练服务', kind: 'OTHER', currency: 'CNY' },
  ...{ ceiling: 28_800_000n, advanceLimit: 8_640_000n, from: `${year}-09-01`, to: `${year + 1}-03-01` },
  ...{ note: '供应商为小微企业，按规定预付 30%', assessment: null },
  services: [
    { name: '切换演练', unit: '次', unitPrice: '72000.000000' },
    { name: '演练方案与报告', unit: '份', unitPrice: '24000.000000' },
  ],
  instalments: [
    { dueOn: `${year}-09-15`, amount: 8_640_000n, condition: '合同生效后 15 日内预付' },
    { dueOn: `${year + 1}-03-31`, amount: 20_160_000n, condition: '三次演练全部验收合格后 30 日内，扣回预付款' },
  ],
});
/** Whose it is, among the made-up suppliers. */
export const DRILL_SUPPLIER = 4;
/** Of centers A, B and the recovery center. */
export const DRILL_WEIGHTS = [0, 0, 1] as const;

interface MadeUpDisposal {
  readonly code: string;
  readonly disposedOn: string;
  readonly proceedsYuan: bigint;
  readonly document: string;
  readonly reason: string;
  readonly waits?: true;
}

/** The one is gone and was still worth something; about the other the second person has not said anything yet. */
export const disposalsOf = (year: number): readonly MadeUpDisposal[] => [
  {
    ...{ code: 'ZC-B-GX-003', disposedOn: `${year}-05-22`, proceedsYuan: 8_600n },
    document: `苏财资〔${year}〕37 号`,
    reason: '控制板故障，厂商已停产停保，维修费用高于净值',
  },
  {
    ...{ code: 'ZC-C-FW-004', disposedOn: `${year}-10-28`, proceedsYuan: 1_200n, waits: true },
    document: `苏财资〔${year}〕92 号`,
    reason: '不支持 SM 系列算法，密评整改要求更换',
  },
];
