/** Decides which columns the table of contracts has, and what a row of it says. */
import type { Cells } from '../../imports/domain/cells.js';
import type { ImportColumn } from '../../imports/domain/import-table.js';
import { type Bilingual, say } from '../../kernel/bilingual.js';
import { addDays } from '../../kernel/calendar.js';
import type { Fen } from '../../kernel/money.js';
import { CONTRACT_KINDS, type ContractKind, type ContractTerms, CURRENCY } from './contract.js';

const KIND_WORDS: { readonly [K in ContractKind]: Bilingual } = {
  CLOUD_PLATFORM: say('云平台服务', 'cloud platform'),
  HOSTING: say('机房托管', 'hosting'),
  MAINTENANCE: say('运行维护', 'maintenance'),
  NETWORK: say('网络线路', 'network lines'),
  SECURITY: say('安全服务', 'security services'),
  POWER: say('电力', 'electricity'),
  SOFTWARE: say('软件许可', 'software licences'),
  OTHER: say('其他', 'other'),
};

const column = (
  key: string,
  zh: string,
  en: string,
  example: string,
  more: Partial<Pick<ImportColumn, 'required' | 'note' | 'choices'>> = {},
): ImportColumn => ({ key, title: say(zh, en), example, required: true, ...more });

export const CONTRACT_COLUMNS: readonly ImportColumn[] = [
  column('number', '合同编号', 'Contract number', '苏数采〔2026〕21 号'),
  column('name', '合同名称', 'Contract', '省级政务云平台服务'),
  column('kind', '类别', 'Kind', 'CLOUD_PLATFORM', {
    choices: CONTRACT_KINDS.map((value) => ({ value, title: KIND_WORDS[value] })),
  }),
  column('creditCode', '供应商统一社会信用代码', 'Credit code of the supplier', '914403001922038216', {
    note: say('须已登记为供应商', 'a supplier that is registered'),
  }),
  column('ceiling', '合同上限（元）', 'Ceiling (yuan)', '5840000.00', {
    note: say('最多两位小数', 'at most two decimals'),
  }),
  column('from', '开始日期', 'First day', '2026-01-01'),
  column('lastDay', '结束日期（含当日）', 'Last day', '2026-12-31'),
  column('shares', '付费范围', 'Pays for', 'center-a:5 center-b:4', {
    required: false,
    note: say(
      '数据中心代码:权重，空格分开；不填为未归属',
      'code of a center:weight, with blanks between; empty: of none',
    ),
  }),
  column('note', '备注', 'Note', '', { required: false }),
];

const YUAN = /^(\d{1,13})(?:\.(\d{1,2}))?$/;
const SHARES = /^[a-z0-9-]{1,63}:\d{1,7}(?:[ ,，;；]+[a-z0-9-]{1,63}:\d{1,7})*$/;
const TEXT_MAX = { number: 80, name: 160, creditCode: 18, note: 300 } as const;

export interface ContractRowDraft {
  readonly creditCode: string;
  readonly terms: Omit<ContractTerms, 'shares'>;
  readonly shares: readonly { readonly centerCode: string; readonly weight: number }[];
}

/** null = a cell is wrong, which the cells remember. */
export function contractDraft(cells: Cells): ContractRowDraft | null {
  const number = cells.text('number', TEXT_MAX.number);
  const name = cells.text('name', TEXT_MAX.name);
  const kind = cells.choice<ContractKind>('kind');
  const creditCode = cells.text('creditCode', TEXT_MAX.creditCode);
  const yuan = cells.matching('ceiling', YUAN, say('元，最多两位小数', 'yuan with at most two decimals'));
  const from = cells.date('from');
  const lastDay = cells.date('lastDay');
  const written = cells.matching('shares', SHARES, say('写成 center-a:5 center-b:4', 'write center-a:5 center-b:4'));
  const note = cells.text('note', TEXT_MAX.note) ?? '';
  if (cells.problems.length > 0) return null;
  if (!number || !name || !kind || !creditCode || !yuan || !from || !lastDay) return null;
  return {
    creditCode: creditCode.toUpperCase(),
    terms: {
      ...{ number, name, kind, currency: CURRENCY, ceiling: fenOf(yuan), from, to: addDays(lastDay, 1), note },
      ...{ services: [], instalments: [], assessment: null },
    },
    shares: (written ?? '')
      .split(/[ ,，;；]+/)
      .filter(Boolean)
      .map((share) => {
        const [centerCode = '', weight = '0'] = share.split(':');
        return { centerCode, weight: Number(weight) };
      }),
  };
}

function fenOf(yuan: string): Fen {
  const [, whole = '0', rest = ''] = YUAN.exec(yuan) ?? [];
  return BigInt(whole) * 100n + BigInt(rest.padEnd(2, '0'));
}
