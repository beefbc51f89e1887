import { Injectable } from '@nestjs/common';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { addDays } from '../kernel/calendar.js';
import { ofEveryPage, type Page, type PageRequest } from '../kernel/page.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { TenantScope } from '../kernel/viewer.js';
import { ContractsService } from '../spend/contracts.service.js';
import type { ContractFigures } from '../spend/domain/contract-money.js';
import { yuanText } from '../spend/domain/spend-checks.js';
import { EntriesService } from '../spend/entries.service.js';
import { ReconciliationService } from '../spend/reconciliation.service.js';
import type { Report, ReportCell, ReportColumn } from './domain/report-layout.js';
import { noYear, provinceOnly, tooLong } from './export-refusals.js';

/** 未分摊 = 支出 − 核算费用; 未说明 = 未分摊 − 设区市 − 已说明. */
const MADE_OF: readonly Pick<ReportColumn, 'of'>[] = [
  {},
  {},
  {
    of: [
      [2, 1],
      [3, -1],
    ],
  },
  {},
  {},
  {
    of: [
      [4, 1],
      [5, -1],
      [6, -1],
    ],
  },
];
/** 待付 = 已验收 − 考核扣减 − 已付款. */
const TO_PAY: Pick<ReportColumn, 'of'> = {
  of: [
    [5, 1],
    [6, -1],
    [7, -1],
  ],
};
const PAGE = 100;
type Answer = Promise<Result<Report, readonly Refusal[]>>;
const money = (fens: readonly bigint[]) => fens.map((fen) => ({ fen }));

/** Of what was really paid: it is the province's, and no department's part of it. */
@Injectable()
export class SpendReports {
  constructor(
    private readonly reconciliation: ReconciliationService,
    private readonly contracts: ContractsService,
    private readonly entries: EntriesService,
    private readonly facilities: FacilitiesService,
  ) {}

  /** 支出与核算费用对账表, a group for each center. */
  async reconciled(scope: TenantScope, year: number): Answer {
    if (scope.kind !== 'PROVINCE') return refuse([provinceOnly()]);
    if (!Number.isInteger(year) || year < 2000 || year > 2199) return refuse([noYear()]);
    const { first, last } = this.reconciliation.monthsOf(year);
    const cells = await this.reconciliation.cells(scope, first, last);
    const byCenter = Map.groupBy(cells, ({ centerId }) => centerId);
    const names = new Map((await this.facilities.centers()).map(({ id, name }) => [id, name]));
    const sides = ['支出', '核算费用', '未分摊', '其中设区市', '已说明', '未说明'];
    return ok({
      title: '省级政务云支出与核算费用对账表',
      subtitle: `${year} 年`,
      columns: [
        { title: '数据中心', share: 1.8 },
        { title: '月份', share: 1 },
        ...sides.map((title, at) => ({ title, share: 1.4, money: true, ...MADE_OF[at] })),
      ],
      // What is of no center comes last.
      groups: [...byCenter]
        .toSorted(([a], [b]) => Number(a === null) - Number(b === null))
        .map(([centerId, some]) => {
          const name = (centerId && names.get(centerId)) ?? '不属于任何数据中心';
          return {
            name,
            rows: some.map(({ accounted, cities, explained, month, spend, unallocated, unexplained }): ReportCell[] => [
              name,
              month,
              ...money([spend, accounted, unallocated, cities, explained, unexplained]),
            ]),
          };
        }),
      inWords: 2,
      notes: ['未分摊 = 支出 − 核算费用；未说明 = 未分摊 − 设区市使用 − 已说明。'],
    });
  }

  /** 合同执行情况表: contracts in force. */
  async contractsInForce(scope: TenantScope, search: string | null, most: number): Answer {
    if (scope.kind !== 'PROVINCE') return refuse([provinceOnly()]);
    const filter = { search, states: ['CONFIRMED'] as const };
    const found = await all((page) => this.contracts.contracts(filter, page), most);
    if (!found) return refuse([tooLong(most)]);
    const suppliers = await this.contracts.suppliersByIds(found.map(({ supplierId }) => supplierId));
    return ok({
      title: '省级政务云合同执行情况表',
      subtitle: search === null ? '在履行的合同' : `在履行的合同，检索“${search}”`,
      columns: [
        ...[
          ['合同编号', 1.6],
          ['合同', 2.6],
          ['供应商', 2.4],
          ['合同期', 2.2],
        ].map(([title, share]) => ({ title: String(title), share: Number(share) })),
        ...['合同上限', '已验收', '考核扣减', '已付款'].map((title) => ({ title, share: 1.5, money: true })),
        { title: '待付', share: 1.5, money: true, ...TO_PAY },
      ],
      groups: [
        {
          name: '',
          rows: found.map((row, at): ReportCell[] => {
            const { accepted, ceiling, deducted, paid } = row;
            return [
              ...[row.number, row.name, suppliers[at]?.name ?? '—', periodWords(row.fromDate, row.toDate)],
              ...money([ceiling, accepted, deducted, paid, accepted - deducted - paid]),
            ];
          }),
        },
      ],
      inWords: 7,
      notes: advancedNotes(found),
    });
  }

  /** 付款明细表: payments that were confirmed, what was reversed among them. */
  async payments(scope: TenantScope, search: string | null, most: number): Answer {
    if (scope.kind !== 'PROVINCE') return refuse([provinceOnly()]);
    const filter = { kind: 'PAYMENT', states: ['CONFIRMED'], search } as const;
    const found = await all((page) => this.entries.page(filter, page), most);
    if (!found) return refuse([tooLong(most)]);
    const contracts = await this.contracts.contractsByIds(found.map(({ contractId }) => contractId));
    return ok({
      title: '省级政务云付款明细表',
      subtitle: search === null ? '已复核的付款' : `已复核的付款，检索“${search}”`,
      columns: [
        { title: '日期', share: 1.1 },
        { title: '凭证号', share: 1.5 },
        { title: '合同编号', share: 1.6 },
        { title: '合同', share: 2.8 },
        { title: '服务期', share: 2.2 },
        { title: '金额', share: 1.5, money: true },
      ],
      groups: [
        {
          name: '',
          rows: found.map((row, at): ReportCell[] => [
            ...[row.onDate, row.voucher ?? '', contracts[at]?.number ?? '—', contracts[at]?.name ?? '—'],
            row.fromDate && row.toDate ? periodWords(row.fromDate, row.toDate) : '',
            { fen: row.amount },
          ]),
        },
      ],
      inWords: 5,
      notes: [],
    });
  }
}

interface Entered {
  readonly id: string;
  readonly enteredAt: Date;
}

const keyOf = ({ enteredAt, id }: Entered): readonly string[] => [enteredAt.toISOString(), id];

/** null = more rows than that, which are not read only to be thrown away; the 合计 is one of them. */
async function all<T extends Entered>(
  pageOf: (page: PageRequest) => Promise<Page<T>>,
  most: number,
): Promise<T[] | null> {
  const { totalCount } = await pageOf({ first: 1, after: null });
  if (totalCount + 1 > most) return null;
  return ofEveryPage({ pageOf, keyOf, atOnce: PAGE }, async (rows) => rows);
}

/** Half-open days, as people say them. */
function periodWords(from: string, to: string): string {
  return `${from} 至 ${addDays(to, -1)}`;
}

/** What is out makes the sum of 待付 smaller than what other contracts are owed: the paper says by how much. */
function advancedNotes(found: readonly Pick<ContractFigures, 'accepted' | 'deducted' | 'paid'>[]): string[] {
  const out = found.reduce((sum, { accepted, deducted, paid }) => {
    const ahead = paid - (accepted - deducted);
    return ahead > 0n ? sum + ahead : sum;
  }, 0n);
  if (out === 0n) return [];
  return [
    `待付为负的是尚未由验收抵扣的预付款，共 ${yuanText(out)} 元；合计待付已减去这部分，其他合同的待付不因此减少。`,
  ];
}
